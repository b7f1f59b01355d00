"""The page of a challenge: what it asks, what was answered, what it keeps to itself."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.html import escape
from django.utils.translation import override
from wagtail.models import PageViewRestriction

from challenges.models import PhotoRiddlePage
from challenges.rules import RULES
from community.models import Participant
from microblog.models import TimelineSettings
from rulebook import RuleSpec
from tests.builders import NOON, a_user
from tests.challenges.building import (
    a_launch,
    a_level,
    a_mini_challenge,
    a_riddle,
    a_site,
    an_answer,
    translated,
)

pytestmark = pytest.mark.django_db
INLINE = re.compile(
    r"<script(?![^>]*(?:\bsrc=|ld\+json))[^>]*>|\sstyle=|\son[a-z]+=|<style", re.IGNORECASE
)


def read(challenge, reader=None, **query) -> str:
    client = Client()
    if reader:
        client.force_login(reader)
    response = client.get(challenge.url, query)
    assert response.status_code == 200
    return response.content.decode()


def test_a_riddle_shows_question_photo_levels_what_counts_and_two_doors():
    html = read(a_riddle(levels=[a_level("Find it", rules=[("photo", {"count": 2})], tip="Look.")]))

    assert "What shines up there?" in html
    assert 'alt="A golden disc on blue"' in html
    assert "Find it" in html and "Write <b>something</b>." in html
    with override("fr"):
        counts = str(RULES.summaries([RuleSpec("photo", {"count": 2})])[0])
    assert escape(counts) in html
    assert "Look." in html
    assert "/take-part/" in html and "/timeline/write/?text=" in html
    assert "%23Envol+%23photoDevinette" in html


def test_it_reads_in_both_languages():
    riddle = a_riddle()
    english = translated(riddle, "en", title="A light", question="What is that light?")

    assert '<html lang="fr">' in read(riddle)
    html = read(english)
    assert '<html lang="en">' in html and "What is that light?" in html
    assert riddle.url in html, "the other language is one link away"


@pytest.mark.parametrize("make", [a_riddle, a_mini_challenge])
def test_nothing_inline(make, nia, practice):
    page = make(examples=[{"type": "post", "value": {"author": "Nia", "text": "<b>Oh</b>"}}])
    an_answer(page, "Oh", by=nia, on=practice)

    html = read(page, nia)
    assert not INLINE.findall(html)
    assert "&lt;b&gt;Oh&lt;/b&gt;" in html


def test_the_answer_is_secret_until_the_reveal():
    riddle = a_riddle(answers="phare", near_misses="fard", reveal_text="<p>Le phare d'Eckmühl.</p>")

    secret = read(riddle)
    assert "phare" not in secret and "fard" not in secret and "Eckmühl" not in secret

    PhotoRiddlePage.objects.update(revealed_at=NOON)
    assert "Eckmühl" in read(riddle)


def test_only_hints_that_were_given_are_shown():
    hints = [{"type": "hint", "value": "Tall."}, {"type": "hint", "value": "Turning."}]
    riddle = a_riddle(hints=hints)
    assert "Tall." not in read(riddle)

    PhotoRiddlePage.objects.update(hints_given=1)
    html = read(riddle)
    assert "Tall." in html and "Turning." not in html


def spoilers(html: str) -> str:
    return "".join(re.findall(r'<details class="spoiler">.*?</details>', html, re.DOTALL))


def test_right_answers_are_folded_away_until_the_reveal(nia, tomas, practice):
    riddle = a_riddle()
    an_answer(riddle, "Is it tall?", by=nia, on=practice, outcome="not_yet")
    an_answer(riddle, "A lighthouse!", by=tomas, on=practice)

    html = read(riddle)
    assert "A lighthouse!" in spoilers(html)
    assert "Is it tall?" in html and "Is it tall?" not in spoilers(html)

    PhotoRiddlePage.objects.update(revealed_at=NOON)
    html = read(riddle)
    assert "A lighthouse!" in html and spoilers(html) == ""


def test_a_right_guess_that_lacks_something_else_is_folded_away_too(nia, practice):
    riddle = a_riddle()
    an_answer(
        riddle, "A lighthouse?", by=nia, on=practice, outcome="not_yet", rule_found="accepted"
    )

    assert "A lighthouse?" in spoilers(read(riddle))


@pytest.mark.parametrize("consent", ["count", "nothing"])
def test_words_and_names_are_shown_with_consent_only(nia, practice, consent):
    page = a_mini_challenge()
    an_answer(page, "Voilà mon oiseau", by=nia, on=practice)
    assert "Voilà mon oiseau" in read(page)

    Participant.objects.update(consent=consent)
    html = read(page)
    assert "Voilà mon oiseau" not in html and "Nia" not in html
    assert "1 person so far" in html or "1 personne" in html


def test_private_and_deleted_posts_are_not_on_the_wall(nia, practice):
    page = a_mini_challenge()
    post = an_answer(page, "Voilà mon oiseau", by=nia, on=practice)
    post.visibility = "unlisted"
    post.save()
    assert "Voilà mon oiseau" not in read(page)

    post.visibility, post.deleted_at = "public", NOON
    post.save()
    assert "Voilà mon oiseau" not in read(page)


def test_a_closed_practice_timeline_is_for_those_who_signed_in(nia, practice):
    page = a_mini_challenge()
    an_answer(page, "Voilà mon oiseau", by=nia, on=practice)
    settings = TimelineSettings.for_site(page.get_site())
    settings.is_open = False
    settings.save()

    assert "Voilà mon oiseau" not in read(page)
    assert "Voilà mon oiseau" in read(page, nia)


def test_the_wall_has_pages(nia, practice):
    page = a_mini_challenge()
    for number in range(13):
        at = NOON + timedelta(minutes=number)
        an_answer(page, f"Answer-{number:02}", by=nia, on=practice, at=at)

    first, second = read(page), read(page, page=2)
    assert "Answer-12" in first and "Answer-00" not in first
    assert "?page=2" in first
    assert "Answer-00" in second and "Answer-12" not in second
    assert "?page=1" in second
    for nonsense in ("x", "-1", "0", "99999999"):
        read(page, page=nonsense)


def test_my_progress_and_what_was_said_of_my_last_answer(nia, practice):
    page = a_mini_challenge(levels=[a_level("One"), a_level("Two")])
    an_answer(page, "Almost there", by=nia, on=practice, outcome="not_yet")

    html = read(page, nia)
    assert "Almost there" in html and "Not the answer yet." in html
    assert "level--passed" not in html

    an_answer(page, "There", by=nia, on=practice, at=NOON + timedelta(hours=1))
    html = read(page, nia)
    assert "level--passed" in html and "You found it." in html
    assert "level--passed" not in read(page), "a stranger has no progress"
    assert "level--passed" not in read(page, a_user("lea"))


def test_an_answer_here_replies_to_the_launch(practice):
    page = a_mini_challenge()
    assert "reply_to" not in read(page)

    post = a_launch(page, practice)
    assert f"reply_to={post.pk}" in read(page)


def test_a_closed_challenge_has_no_doors():
    page = a_mini_challenge()
    page.closed_at = NOON
    page.save()

    html = read(page)
    assert "/take-part/" not in html and "/timeline/write/" not in html


def test_tutorials_that_help_come_in_the_reader_s_language():
    help_page = a_mini_challenge("Aide", slug="aide")
    english_help = translated(help_page, "en", title="Help me", slug="help")
    page = a_mini_challenge(helpful_pages=[{"type": "page", "value": help_page.pk}])
    english = translated(page, "en")

    assert help_page.url in read(page)
    assert english_help.url in read(english)


def test_a_draft_is_previewed_before_its_first_launch(olga, client):
    riddle = a_riddle(live=False)
    client.force_login(olga)

    response = riddle.make_preview_request(
        original_request=client.get("/fr/").wsgi_request, preview_mode=""
    )

    response.render()
    assert response.status_code == 200
    assert b"What shines up there?" in response.content


@pytest.mark.parametrize("answers", [2, 12])
@pytest.mark.parametrize("signed_in", [False, True])
def test_a_page_costs_the_same_however_many_answered(
    answers, signed_in, nia, practice, django_assert_max_num_queries
):
    """What every page shows (menus, new notifications) is remembered for a moment."""
    page = a_riddle(levels=[a_level("Find it", rules=[("solves_riddle", {})]), a_level("Two")])
    a_launch(page, practice)
    for number in range(answers):
        person = a_user(f"person{number}")
        an_answer(page, f"Guess {number}", by=person, on=practice)
        an_answer(page, f"Asking {number}", by=person, on=practice, outcome="not_yet")
    read(page)
    client = Client()
    if signed_in:
        an_answer(page, "Mine", by=nia, on=practice, outcome="not_yet")
        client.force_login(nia)
        client.get(page.url)

    with django_assert_max_num_queries(15):
        client.get(page.url)


def test_a_page_behind_a_restriction_asks_for_it(nia, client):
    page = a_mini_challenge()
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="login")

    assert client.get(page.url).status_code == 302
    client.force_login(nia)
    assert client.get(page.url).status_code == 200


def test_a_draft_and_a_wrong_address_are_not_found(client):
    page = a_mini_challenge(live=False)

    assert client.get(page.url).status_code == 404
    assert client.get(f"{a_site().url}nowhere/").status_code == 404
    assert client.get(f"{page.url}deeper/").status_code == 404
