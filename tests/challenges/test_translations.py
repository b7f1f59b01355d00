"""A challenge and its translations are one: levels keep their ids, answers and state are shared."""

import pytest
from wagtail.models import Locale, Revision
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from challenges.catalogue import challenge_of, open_challenges
from challenges.conducting import close_challenge, reveal_riddle
from challenges.models import PhotoRiddlePage
from tests.builders import NOON
from tests.challenges.building import a_level, a_mini_challenge, a_riddle, a_site, translated

pytestmark = pytest.mark.django_db


def ids(page):
    return [level.id for level in page.level_specs()]


def test_a_copy_for_translation_keeps_the_ids_of_its_levels():
    riddle = a_riddle(levels=[a_level("One"), a_level("Two")])

    assert ids(translated(riddle, "en")) == ids(riddle)


def test_translating_with_wagtail_localize_keeps_ids_rules_and_numbers():
    levels = [
        a_level("Un", rules=[("contains_words", {"words": ["mer", "ciel"], "count": 1})]),
        a_level("Deux", rules=[("exactly_characters", {"count": 140})], tip="Compte bien."),
    ]
    page = a_mini_challenge("Le défi", levels=levels)
    a_site("en")
    source, _made = TranslationSource.update_or_create_from_instance(page)
    english = Locale.objects.get(language_code="en")
    translation = Translation.objects.create(source=source, target_locale=english)
    words = {"Un": "One", "Deux": "Two", "mer, ciel": "sea, sky"}
    for segment in source.stringsegment_set.select_related("string", "context"):
        text = segment.string.data
        StringTranslation.objects.create(
            translation_of=segment.string,
            context=segment.context,
            locale=english,
            data=words.get(text, text),
        )
    translation.save_target()

    copy = page.get_translation(english).specific
    assert ids(copy) == ids(page)
    assert [level.title for level in copy.level_specs()] == ["One", "Two"]
    assert copy.level_specs()[0].specs[0].params == {"words": ["sea", "sky"], "count": 1}
    assert copy.level_specs()[1].specs[0].params == {"count": 140}


def test_answers_of_all_translations_count_in_each():
    riddle = a_riddle(answers="phare\nun phare", near_misses="fard")
    english = translated(riddle, "en", answers="lighthouse\nphare", near_misses="greenhouse")

    for page in (riddle, english):
        params = PhotoRiddlePage.objects.get(pk=page.pk).level_specs()[0].specs[0].params
        assert set(params["answers"]) == {"phare", "un phare", "lighthouse"}
        assert set(params["near_misses"]) == {"fard", "greenhouse"}
    assert [
        edition.levels[0].specs[0].params["answers"] for edition in challenge_of(riddle).editions
    ] == [["phare", "un phare", "lighthouse"]] * 2


def test_one_challenge_in_two_languages_is_one_in_the_catalogue():
    riddle = a_riddle(hashtags="photoDevinette")
    english = translated(riddle, "en", slug="light", title="A light", hashtags="#photoRiddle")

    (challenge,) = open_challenges()
    assert challenge.key == riddle.translation_key
    assert challenge.hashtags == {"photodevinette", "photoriddle"}
    assert challenge.edition("en-GB").page_id == english.pk
    assert challenge.edition("de").page_id == riddle.pk
    assert challenge.is_riddle and challenge.is_open


def test_a_translation_made_later_stands_where_its_challenge_stands():
    riddle = a_riddle()
    reveal_riddle(riddle, now=NOON)
    close_challenge(riddle, now=NOON)
    riddle.refresh_from_db()

    english = translated(riddle, "en")
    assert english.revealed_at == english.closed_at == NOON


def test_a_mere_copy_begins_afresh():
    riddle = a_riddle()
    reveal_riddle(riddle, now=NOON)
    riddle.refresh_from_db()

    copy = riddle.copy(update_attrs={"slug": "copy", "title": "Copy"})
    assert copy.revealed_at is None and copy.translation_key != riddle.translation_key


def test_publishing_an_older_draft_changes_no_state():
    riddle = a_riddle()
    draft = riddle.save_revision()
    close_challenge(riddle, now=NOON)
    reveal_riddle(riddle, now=NOON)

    Revision.objects.get(pk=draft.pk).publish()

    riddle.refresh_from_db()
    assert riddle.closed_at == riddle.revealed_at == NOON


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        ("https://envol.example/fr/defis/phare/", True),
        ("http://www.envol.example/fr/defis/phare?utm=1#top", True),
        ("https://envol.example/fr/defis/", False),
        ("https://other.example/fr/defis/phare/", False),
        ("nonsense", False),
        ("https://[broken/", False),
    ],
)
def test_a_link_to_the_page_is_recognised(address, leads):
    a_riddle(slug="phare")

    assert open_challenges()[0].is_linked_by(address) is leads


def test_the_catalogue_costs_the_same_however_many_challenges(django_assert_max_num_queries):
    for number in range(5):
        a_mini_challenge(f"Challenge {number}")
        translated(a_riddle(f"Riddle {number}"), "en")
    open_challenges()

    with django_assert_max_num_queries(5):
        assert len(open_challenges()) == 10
