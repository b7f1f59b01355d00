"""The file of all that is kept about a person: no row that names them is left out."""

from datetime import timedelta

import pytest
from django.urls import reverse

from community.exporting import export_person
from community.handing_on import keys_to
from community.models import Help, Mentorship, Need, Participant, Tutoring, User
from curation.models import Subscriber, Trust
from tests.builders import NOON, a_connection, said
from tests.curation.digest.building import a_reader, the_site

pytestmark = pytest.mark.django_db

SECTIONS = {
    "badges.award.recipient": "badges",
    "challenges.challengepage.proposed_by": "challenges_of_yours",
    "challenges.proposal.proposer": "ideas",
    "challenges.rating.participant": "opinions_about_challenges",
    "cms.articlepage.author": "pages",
    "cms.contribution.author": "texts",
    "cms.portraitpage.author": "pages",
    "cms.portraitpage.person": "pages",
    "cms.toolpage.author": "pages",
    "cms.tutorialpage.author": "pages",
    "community.accountlink.participant": "accounts",
    "community.boarding.participant": "aboard",
    "community.claim.tutor": "claims",
    "community.help.helped": "helps_received",
    "community.help.helper": "helps_given",
    "community.learningevent.other": "deeds_of_others",
    "community.learningevent.participant": "learning_events",
    "community.linkcode.participant": "link_codes",
    "community.liveevent.proposed_by": "proposed_events",
    "community.mentorship.mentee": "tutors",
    "community.mentorship.offered_to": "offered_mentees",
    "community.mentorship.tutor": "mentees",
    "community.merge.into": "joined_from",
    "community.need.person": "needs",
    "community.participant.brought_by": "brought",
    "community.praise.tutor": "warm_words",
    "community.replay.participant": "replays",
    "community.signup.participant": "sign_ups",
    "community.tip.created_by": "tips",
    "community.tutoring.participant": "tutoring",
    "community.tutorrequest.participant": "wishes_for_a_tutor",
    "curation.find.finder": "found_links",
    "curation.pick.curator": "picks",
    "curation.source.owner": "own_feeds",
    "curation.trust.participant": "sifts_along",
}
"""Which part of the file tells of which rows; ledgers of the figures are sums of what is said in
it."""


def test_the_file_tells_of_every_key_to_a_person(nia):
    keys = {f"{key.model._meta.label_lower}.{key.name}" for key in keys_to(Participant)}
    ledgers = {
        key for key in keys if key.startswith(("community.counted", "community.presence"))
    } | {key for key in keys if key.startswith("community.exchange")}
    assert keys - ledgers == SECTIONS.keys()
    assert set(SECTIONS.values()) <= export_person(nia.participant).keys()


def test_what_one_decided_with_a_login_is_counted_too(nia, olga):
    Trust.objects.create(site=the_site(), participant=nia.participant, given_by=olga)
    told = export_person(olga.participant)["rows_that_name_you"]
    assert told["curation.trust.given_by"] == 1
    counted = {f"{key.model._meta.label_lower}.{key.name}" for key in keys_to(User)}
    assert told.keys() & counted and "curation.pick.user" in counted


def test_it_tells_what_happened_with_tutors_and_letters(client, nia, tomas):
    tutor, newcomer = tomas.participant, nia.participant
    Participant.objects.filter(pk=newcomer.pk).update(consent="count")
    post = said("Essaie avec un hashtag", on=a_connection(), by="tomas_b")
    Help.objects.create(reply=post, helper=tutor, helped=newcomer, topic="tip")
    Mentorship.objects.create(tutor=tutor, mentee=newcomer, place=1, started_at=NOON)
    Tutoring.objects.create(participant=tutor, paused_at=NOON)
    Need.objects.create(person=newcomer, post=post, network="practice", since=NOON, shows_at=NOON)
    a_reader("nia@mail.example", asked_at=NOON - timedelta(days=1))
    theirs = nia.emailaddress_set.create(email="Nia@mail.example")
    assert export_person(newcomer)["letters"] == [], "anybody can say so"
    nia.emailaddress_set.filter(pk=theirs.pk).update(verified=True)

    client.force_login(nia)
    file = client.get(reverse("community:export")).json()
    assert [one["helper"] for one in file["helps_received"]] == ["Tomas"]
    assert [one["tutor"] for one in file["tutors"]] == ["Tomas"]
    assert len(file["needs"]) == 1
    assert file["letters"][0]["email"] == Subscriber.objects.get().email
    assert file["login"]["username"] == "nia"
    theirs = export_person(tutor)
    assert [one["mentee"] for one in theirs["mentees"]] == [None], "she isn't shown"
    assert theirs["tutoring"][0]["paused_at"] == NOON
