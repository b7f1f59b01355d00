"""From a deed to a badge that anybody can check; whatever dies on the way, and however often it is
tried."""

import json
from datetime import timedelta

import pytest
from django.utils.translation import override

from badges import announcing, issuing
from badges.announcing import announce_awards
from badges.baking import unbake
from badges.evaluating import evaluate_events
from badges.issuing import issue_awards
from badges.models import Award, Evaluation
from community.models import AccountLink, Participant
from microblog.models import OutboxPost
from tests.badges.builders import a_badge, asked, did, drain
from tests.builders import NOON, said

LATER = NOON + timedelta(hours=1)


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Evaluation, Award, OutboxPost)) + (
        Award.objects.exclude(issued_at=None).count(),
    )


@pytest.fixture
def badge(db):
    return a_badge("tuteur", asked("helped"))


def test_a_deed_becomes_a_badge_with_its_documents_and_its_word(
    badge, practice, tomas, nia, client
):
    did("helped", tomas.participant, other=nia.participant, evidence_text="Answered a question.")
    assert drain() > 0

    award = Award.objects.get()
    document = award.assertion
    assert document["recipient"] == {
        "type": "url", "identity": "https://envol.example/@tomas", "hashed": False,
    }  # fmt: skip
    with award.baked.open("rb") as file:
        assert unbake(file.read()) == document
    assert client.get(document["id"].removeprefix("https://envol.example")).json() == document
    assert document["evidence"][0]["narrative"] == "Answered a question."

    promise = OutboxPost.objects.get()
    assert (promise.key, promise.recipient.handle) == (f"award:{award.pk}", "tomas")
    assert promise.text.startswith("@tomas ")
    assert promise.visibility == "public"
    assert f"https://envol.example/badges/assertions/{award.pk}/" in promise.text

    page = client.get(f"/badges/assertions/{award.pk}/", follow=True)
    assert page.status_code == 200
    assert "Le badge tuteur" in page.content.decode()


def test_three_more_runs_change_nothing(badge, practice, tomas, nia):
    did("helped", tomas.participant, other=nia.participant)
    drain()
    before = counts(), list(Award.objects.values())
    for _run in range(3):
        assert drain(LATER) == 0
    assert (counts(), list(Award.objects.values())) == before


def test_a_death_before_the_evaluation_is_written_leaves_one_award(badge, tomas):
    """The award and the evaluation are one transaction; even if they weren't, one award would
    stand."""
    did("helped", tomas.participant)
    evaluate_events(NOON)
    Evaluation.objects.all().delete()
    evaluate_events(LATER)
    assert Award.objects.count() == 1
    assert Award.objects.get().evidence.count() == 1


def test_a_death_between_the_picture_and_the_row_writes_both_again(badge, tomas):
    did("helped", tomas.participant)
    evaluate_events(NOON)
    (claimed,) = issuing._claim(NOON)
    issuing._issue(claimed, issuing._Images(), now=NOON)  # the file is there, the row isn't

    assert issue_awards(NOON) == 0, "the dead worker's lease still runs"
    assert issue_awards(LATER) == 1
    award = Award.objects.get()
    assert award.assertion == claimed.assertion
    assert award.baked.name == claimed.baked.name == f"awards/{award.pk}.png"
    with award.baked.open("rb") as file:
        assert unbake(file.read()) == award.assertion


def test_a_slow_worker_does_not_write_over_a_faster_one(badge, tomas):
    did("helped", tomas.participant)
    evaluate_events(NOON)
    slow = issuing._claim(NOON)
    issuing._issue(slow[0], issuing._Images(), now=NOON)
    issue_awards(LATER)
    assert issuing._keep(slow) == 0
    assert Award.objects.get().issued_at == LATER


def test_a_death_after_the_promise_makes_no_second_one(badge, practice, tomas):
    did("helped", tomas.participant)
    drain()
    Award.objects.update(announced_at=None)
    assert announce_awards(LATER) == 1
    assert OutboxPost.objects.count() == 1
    assert OutboxPost.objects.get().version == 1


def test_a_picture_that_cannot_be_read_waits_and_stops_nobody(badge, tomas, nia):
    broken = a_badge("casse", asked("first_post"))
    path = broken.medallion.file.name
    broken.medallion.file.storage.delete(path)
    did("helped", tomas.participant)
    did("first_post", nia.participant)
    evaluate_events(NOON)
    assert issue_awards(NOON) == 1
    waiting = Award.objects.get(badge_class=broken)
    assert (waiting.issued_at, waiting.attempts) == (None, 1)
    assert "FileNotFoundError" in waiting.error
    assert issue_awards(NOON) == 0
    broken.medallion.delete()  # the picture is cut anew
    assert issue_awards(LATER) == 1


@pytest.mark.parametrize("consent", ["nothing"])
def test_nothing_is_given_to_those_who_want_nothing_kept(badge, practice, tomas, consent):
    Participant.objects.filter(pk=tomas.participant.pk).update(consent=consent)
    did("helped", tomas.participant)
    drain()
    assert counts()[1:3] == (0, 0)


def test_who_only_counts_is_told_alone_and_gets_a_key_to_the_page(badge, practice, tomas, client):
    Participant.objects.filter(pk=tomas.participant.pk).update(consent="count")
    did("helped", tomas.participant)
    drain()
    promise, award = OutboxPost.objects.get(), Award.objects.get()
    assert promise.visibility == "direct"
    assert award.assertion["recipient"]["hashed"] is True
    address = promise.text.split()[-1].removeprefix("https://envol.example")
    assert client.get(address, follow=True).status_code == 200
    assert client.get(address.partition("?")[0], follow=True).status_code == 403


def test_an_account_that_refuses_bots_is_left_in_peace(badge, practice, tomas):
    tomas.accounts.update(refuses_bots=True)
    did("helped", tomas.participant)
    drain()
    assert OutboxPost.objects.count() == 0
    assert Award.objects.get().announced_at == NOON


def test_people_are_told_where_they_were_heard_last(badge, practice, connection, tomas):
    elsewhere = said("Bonjour", on=connection, by="tomas_ailleurs").author
    AccountLink.objects.create(account=elsewhere, participant=tomas.participant, proof="code")
    did("helped", tomas.participant)
    drain()
    promise = OutboxPost.objects.get()
    assert promise.connection == connection
    assert promise.text.startswith("@tomas_ailleurs@social.example ")


def test_a_person_reads_it_in_their_own_language(badge, practice, tomas):
    Participant.objects.filter(pk=tomas.participant.pk).update(language="en")
    did("helped", tomas.participant)
    with override("fr"):
        drain()
    promise = OutboxPost.objects.get()
    assert "The tuteur badge" in promise.text
    assert promise.language == "en"


def test_a_short_network_gets_a_short_word(badge, practice, tomas):
    practice.character_limit = 140
    practice.save()
    badge.description_fr = "x" * 250
    badge.save()
    did("helped", tomas.participant)
    drain()
    assert "xxx" not in OutboxPost.objects.get().text


def test_stored_assertion_is_plain_json(badge, tomas):
    did("helped", tomas.participant)
    drain()
    stored = Award.objects.values_list("assertion", flat=True).get()
    assert json.loads(json.dumps(stored)) == stored


def test_nobody_waits_where_no_connection_reaches_them(badge, tomas):
    did("helped", tomas.participant)
    drain()
    assert announcing.backlog(NOON).count == 0
    assert OutboxPost.objects.count() == 0
