"""A draft each week, made of what happened in it."""

from datetime import UTC, datetime, timedelta

import pytest

from community.models import Consent
from curation.digest.composing import compose_due, last_moment
from curation.digest.steps import backlog, digest_step
from curation.digest.writing import parts_of
from curation.models import Digest, DigestEntry, DigestSettings, Find, Item
from tests.builders import NOON
from tests.curation.digest.building import FRIDAY, a_pick, the_site

pytestmark = pytest.mark.django_db


def the_letter(language: str = "fr") -> Digest:
    return Digest.objects.get(language=language, week=NOON.date())


def test_a_week_becomes_a_draft_in_its_language(olga, nia):
    a_pick("Un hashtag utile", by=olga, found_by=nia, at=NOON)
    a_pick("Trop tôt", by=olga, at=NOON - timedelta(days=20))
    assert compose_due(FRIDAY) == 2  # French and English
    letter = the_letter()
    (entry,) = [one for one in letter.entries.all() if one.section == "picks"]
    assert (entry.title, entry.text) == ("Un hashtag utile", "Lis « Un hashtag utile ».")
    assert (entry.credit, entry.named) == ("Nia", [nia.participant.pk])
    assert (entry.signature, entry.signer) == ("Olga", olga.participant.pk)
    assert letter.state == Digest.State.DRAFT
    assert letter.leaves_at == FRIDAY + timedelta(hours=48)
    assert "4 mai" in letter.title


def test_a_week_in_which_nothing_happened_has_no_letter_and_is_not_asked_again(db):
    assert compose_due(FRIDAY) == 2
    assert the_letter().state == Digest.State.SKIPPED
    assert compose_due(FRIDAY + timedelta(hours=1)) == 0
    assert backlog(FRIDAY + timedelta(hours=1)).count == 0


def test_the_next_letter_goes_on_where_the_last_one_ended(olga):
    compose_due(FRIDAY)
    a_pick("Samedi", by=olga, at=FRIDAY + timedelta(days=1))
    later = FRIDAY + timedelta(days=7)
    compose_due(later)
    letter = Digest.objects.get(language="fr", week=NOON.date() + timedelta(days=7))
    assert [one.title for one in letter.entries.all() if one.section == "picks"] == ["Samedi"]


@pytest.mark.parametrize(
    ("now", "moment"),
    [
        ("2026-05-08T08:00:00+02:00", "2026-05-08T08:00:00+02:00"),
        ("2026-05-08T07:59:00+02:00", "2026-05-01T08:00:00+02:00"),
        ("2026-05-07T23:00:00+02:00", "2026-05-01T08:00:00+02:00"),
        # Clocks go back on 25 October: eight o'clock stays eight o'clock.
        ("2026-10-30T09:00:00+01:00", "2026-10-30T08:00:00+01:00"),
        ("2026-10-29T09:00:00+01:00", "2026-10-23T08:00:00+02:00"),
    ],
)
def test_the_moment_is_that_of_the_clocks_here(now, moment):
    wishes = DigestSettings()
    found = last_moment(wishes, now=datetime.fromisoformat(now).astimezone(UTC))
    assert found == datetime.fromisoformat(moment)


def test_who_wants_no_letter_gets_no_draft(db):
    DigestSettings.objects.create(site=the_site(), is_written=False)
    assert compose_due(FRIDAY) == 0


def test_names_go_with_consent(olga, nia):
    a_pick("Un hashtag utile", by=olga, found_by=nia)
    compose_due(FRIDAY)
    letter = the_letter()
    letter.entries.add(
        DigestEntry(section="people", title="Nia", named=[nia.participant.pk], sort_order=9)
    )
    letter.save()
    assert {part.section for part in parts_of(letter.entries.all())} >= {"picks", "people"}
    nia.participant.consent = Consent.COUNT
    nia.participant.save()
    parts = {part.section: part for part in parts_of(the_letter().entries.all())}
    assert "people" not in parts
    assert parts["picks"].entries[0].credit == ""


def test_one_who_withdraws_takes_nobodys_name_with_them(olga, nia, tomas):
    pick = a_pick("Un hashtag utile", by=olga, found_by=nia)
    Find.objects.create(item=pick.item, finder=tomas.participant, found_at=NOON)
    compose_due(FRIDAY)
    for person in (nia.participant, olga.participant):
        person.consent = Consent.COUNT
        person.save()
    entry = parts_of(the_letter().entries.all())[0].entries[0]
    assert (entry.credit, entry.signature) == ("Tomas", "")


def test_a_proposal_is_of_the_week_in_which_it_appeared(olga):
    pick = a_pick("Approuvée", by=olga)
    Item.objects.update(state=Item.State.WAITING, shown_at=None)
    compose_due(FRIDAY)
    Item.objects.update(state=Item.State.PUBLISHED, shown_at=FRIDAY + timedelta(days=1))
    compose_due(FRIDAY + timedelta(days=7))
    assert DigestEntry.objects.get(section="picks").origin == f"pick:{pick.pk}"


def test_composing_costs_the_same_for_a_long_week(olga, nia, count_queries):
    def cost(week: int) -> int:
        return count_queries(lambda: compose_due(FRIDAY + timedelta(weeks=week)))

    a_pick("Un", by=olga, found_by=nia)
    cost(0)
    a_pick("Deux", by=olga, found_by=nia, at=FRIDAY + timedelta(days=1))
    short = cost(1)
    for number in range(8):
        a_pick(f"Lecture {number}", by=olga, found_by=nia, at=FRIDAY + timedelta(days=8))
    assert cost(2) == short


def test_a_step_with_nothing_to_do_moves_nothing(db):
    digest_step(FRIDAY)
    assert digest_step(FRIDAY + timedelta(minutes=1)) == 0
