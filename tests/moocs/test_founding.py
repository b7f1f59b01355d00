"""One more MOOC: a command makes it, and refuses what would confuse two."""

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Site, get_page_models

from challenges.models import ChallengeIndexPage
from cms.models import (
    ArticleIndexPage,
    CharterPage,
    ContentPage,
    FaqPage,
    GuideIndexPage,
    LexiconPage,
    PortraitIndexPage,
    TermPage,
    TutorialIndexPage,
    WelcomeKitPage,
)
from community.models import MoocSettings
from tests.challenges.building import a_mini_challenge, a_site, translated
from tests.cms.house.building import below
from tests.markup import faults_of

pytestmark = pytest.mark.django_db


def test_it_stands_on_copies_of_the_first_ones_pages(capsys):
    translated(a_mini_challenge("Houle"), "en")
    before = ChallengeIndexPage.objects.count()
    call_command("add_mooc", "b.example", "--name", "Baleine", "--hashtags", "Baleine")
    site = Site.objects.get(hostname="b.example")
    home = site.root_page
    assert (site.root_url, home.title) == ("https://b.example", "Baleine")
    assert {one.locale.language_code for one in home.get_translations(inclusive=True)} == {
        "fr",
        "en",
    }
    assert ChallengeIndexPage.objects.count() == 2 * before
    assert not home.get_descendants().filter(title="Houle").exists(), "it writes its own"
    assert MoocSettings.objects.get(site=site).hashtags == "Baleine"
    assert "https://b.example" in capsys.readouterr().out


def furnish_the_first() -> None:
    """A room of each sort, in French, with something in it that is the first MOOC's own."""
    home = a_site().get_parent()
    lexicon = below(home, LexiconPage, "Lexique")
    term = below(lexicon, TermPage, "hashtag", short="A word.")
    commitment = {"title": "We say thank you at Aube", "body": "<p>Always.</p>"}
    charter = below(
        home, CharterPage, "Charte", lead="Ours.", commitments=[("commitment", commitment)]
    )
    group = {"title": "Aube", "questions": [{"question": "May I?", "answer": "<p>Yes.</p>"}]}
    below(home, FaqPage, "Questions", groups=[("group", group)])
    fields = {"lead": "Ours.", "terms": [("page", term)], "charter": charter}
    below(home, WelcomeKitPage, "Bienvenue", **fields)
    below(home, ContentPage, "À propos d’Aube")
    for kind in (ArticleIndexPage, GuideIndexPage, PortraitIndexPage, TutorialIndexPage):
        below(home, kind, kind.__name__)


def test_every_room_stands_empty_and_says_what_it_is_for(client):
    furnish_the_first()
    call_command("add_mooc", "b.example", "--name", "Baleine", "--hashtags", "Baleine")
    home = Site.objects.get(hostname="b.example").root_page
    rooms = home.get_children().specific()
    for room in rooms:
        shown = client.get(room.get_url(), headers={"host": "b.example"})
        assert shown.status_code == 200
        assert faults_of(shown.text) == []
        assert 'class="empty"' in shown.text, room
        assert "Aube" not in shown.text
    every = [kind for kind in get_page_models() if getattr(kind, "is_of_every_mooc", False)]
    assert {type(room) for room in rooms} == set(every), "and nothing else"
    assert LexiconPage in every and CharterPage in every


@pytest.mark.parametrize(
    "wrong",
    [
        ["b.example", "--hashtags", "Autre"],
        ["c.example", "--hashtags", "bäleine"],
        ["c.example", "--hashtags", "#"],
        ["c.example", "--hashtags", "Autre", "--on", "nowhere"],
    ],
)
def test_it_refuses_what_is_taken(wrong):
    a_site()
    call_command("add_mooc", "b.example", "--name", "Baleine", "--hashtags", "Bäleine")
    with pytest.raises(CommandError):
        call_command("add_mooc", *wrong, "--name", "Autre")
    assert Site.objects.count() == 2


def test_it_needs_something_to_copy(db):
    with pytest.raises(CommandError):
        call_command("add_mooc", "b.example", "--name", "Baleine", "--hashtags", "Baleine")
