"""A copy is another challenge, with levels of its own; a translation is the same one."""

import json

import pytest
from django.urls import reverse
from wagtail.models import Locale

from challenges.bank.copying import duplicate_challenge, missing_languages
from challenges.models import ChallengePage, PhotoRiddlePage
from tests.builders import NOON
from tests.challenges.building import a_launch, a_level, a_mini_challenge, a_riddle, a_site

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def ids(page) -> set[str]:
    """Of levels and rules, at every depth."""
    found = set()

    def walk(value):
        if isinstance(value, dict):
            found.update({value["id"]} if "id" in value else set())
            for item in value.values():
                walk(item)
        elif isinstance(value, list):
            for item in value:
                walk(item)

    walk(json.loads(json.dumps(list(page.levels.get_prep_value()))))
    return found


def test_a_copy_is_a_draft_with_its_secrets_and_levels_of_its_own(olga, practice):
    riddle = a_riddle(
        near_misses="fard",
        hints=[{"type": "hint", "value": "Tall."}],
        levels=[a_level("One", rules=[("solves_riddle", {})]), a_level("Two")],
    )
    riddle.tags.add("photo")
    riddle.save()
    a_launch(riddle, practice)
    PhotoRiddlePage.objects.update(hints_given=1, revealed_at=NOON, closed_at=NOON)
    riddle.refresh_from_db()
    copy = duplicate_challenge(riddle, by=olga).specific

    assert not copy.live and copy.hashtags == "" and copy.translation_key != riddle.translation_key
    assert (copy.answers, copy.near_misses, copy.photo_id) == (
        riddle.answers,
        "fard",
        riddle.photo_id,
    )
    assert (copy.hints_given, copy.revealed_at, copy.closed_at) == (0, None, None)
    assert [tag.name for tag in copy.tags.all()] == ["photo"]
    assert len(ids(copy)) == len(ids(riddle)) and not ids(copy) & ids(riddle)
    edited = copy.get_latest_revision_as_object()
    assert ids(edited) == ids(copy) and edited.hashtags == ""
    assert not copy.launches.exists()


def test_it_can_be_copied_again_and_again(olga):
    page = a_mini_challenge()
    slugs = {duplicate_challenge(page, by=olga).slug for _one in range(3)}

    assert len(slugs) == 3


def test_one_click_on_the_desk(client, olga):
    page = a_mini_challenge(hashtags="defi")
    client.force_login(olga)
    response = client.post(reverse("bank:duplicate", args=[page.pk]), follow=True)

    copy = ChallengePage.objects.exclude(pk=page.pk).get()
    assert response.redirect_chain[0][0] == reverse("wagtailadmin_pages:edit", args=[copy.pk])
    assert not copy.hashtags


def test_wagtails_own_copy_has_levels_of_its_own_too(client, olga):
    page = a_mini_challenge()
    client.force_login(olga)
    form = {
        "new_title": "Another",
        "new_slug": "another",
        "new_parent_page": page.get_parent().pk,
        "publish_copies": "",
        "alias": "",
    }
    client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), form)

    copy = ChallengePage.objects.get(slug="another").specific
    assert not ids(copy) & ids(page)


def test_translating_keeps_the_levels_and_opens_side_by_side(client, olga):
    page = a_mini_challenge()
    a_site("en")
    client.force_login(olga)
    response = client.post(reverse("bank:translate", args=[page.pk]))

    english = page.get_translation(Locale.objects.get(language_code="en")).specific
    assert response.url == reverse("wagtailadmin_pages:edit", args=[english.pk])
    assert ids(english) == ids(page)
    assert missing_languages(page) == []
    again = client.post(reverse("bank:translate", args=[page.pk]))
    assert again.url == reverse("challenge_desk")


@pytest.mark.parametrize("name", ["duplicate", "translate"])
def test_it_takes_the_right_to_write(client, nia, tomas, name):
    page = a_mini_challenge()
    where = reverse(f"bank:{name}", args=[page.pk])
    for person in (None, nia, tomas):
        client.logout()
        if person:
            client.force_login(person)
        assert client.post(where).status_code in (302, 403)
    assert client.get(where).status_code in (302, 405)
    assert ChallengePage.objects.count() == 1
