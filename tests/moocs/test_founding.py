"""One more MOOC: a command makes it, and refuses what would confuse two."""

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Site

from challenges.models import ChallengeIndexPage
from community.models import MoocSettings
from tests.challenges.building import a_mini_challenge, a_site, translated

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
