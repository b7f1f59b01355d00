"""Every document that leaves the house, against the structure of Open Badges 2.0."""

import hashlib
import json

import pytest
from allauth.account.models import EmailAddress

from badges.assertions import issuer_document
from badges.identity import belongs_to
from badges.models import Award, Issuer
from badges.services import award_by_hand, revoke_award
from community.models import Participant
from tests.badges.builders import a_badge, an_award, an_image, asked, did, drain
from tests.badges.validator import check
from tests.builders import NOON

pytestmark = pytest.mark.django_db


def get(client, address: str, status: int = 200):
    response = client.get(address.removeprefix("https://envol.example"))
    assert response.status_code == status
    return response


def verified(user, email: str, *, is_verified: bool = True, primary: bool = True) -> None:
    EmailAddress.objects.create(user=user, email=email, verified=is_verified, primary=primary)


def test_the_chain_from_the_assertion_to_the_issuer(client, tomas):
    badge = a_badge("tuteur")
    badge.tags.add("aide", "rencontre")
    badge.save()
    award = an_award(badge, tomas.participant)

    assertion = get(client, f"/badges/assertions/{award.pk}.json").json()
    check(assertion, "Assertion")
    badge_class = get(client, assertion["badge"]).json()
    check(badge_class, "BadgeClass")
    assert badge_class["tags"] == ["aide", "rencontre"]
    assert badge_class["criteria"]["narrative"] == "Aider **une** personne."
    issuer = get(client, badge_class["issuer"]).json()
    check(issuer, "Issuer")
    assert assertion["id"].startswith(issuer["verification"]["startsWith"])
    assert assertion["issuedOn"] == "2026-05-04T12:00:00+00:00"
    for picture in (badge_class["image"], assertion["image"]):
        response = get(client, picture)
        assert response["Content-Type"] == "image/png"
        assert b"".join(response.streaming_content).startswith(b"\x89PNG")
    assert get(client, badge_class["criteria"]["id"], 302).url == "/fr/badges/tuteur/"


def test_a_verified_address_is_hashed_with_a_salt_of_its_own(tomas):
    verified(tomas, "Other@Example.org", primary=False)
    verified(tomas, "Tomas@Example.org")
    one = an_award(a_badge("one"), tomas.participant)
    two = an_award(a_badge("two"), tomas.participant)
    recipient = one.assertion["recipient"]
    digest = hashlib.sha256(f"tomas@example.org{one.salt}".encode()).hexdigest()
    assert recipient == {
        "type": "email", "identity": f"sha256${digest}", "hashed": True, "salt": one.salt,
    }  # fmt: skip
    assert one.identity != two.identity
    assert "xample.org" not in json.dumps(one.assertion)
    check(one.assertion, "Assertion")
    assert belongs_to(one, " TOMAS@example.org ")
    assert not belongs_to(one, "other@example.org")
    assert not belongs_to(one, "")


def test_an_address_that_nobody_verified_is_not_used(tomas):
    verified(tomas, "tomas@example.org", is_verified=False)
    award = an_award(a_badge(), tomas.participant)
    assert award.assertion["recipient"]["identity"] == "https://envol.example/@tomas"
    assert belongs_to(award, "https://envol.example/@tomas")


def test_who_does_not_show_themselves_is_not_named(tomas):
    Participant.objects.update(consent="count")
    award = an_award(a_badge(), tomas.participant)
    check(award.assertion, "Assertion")
    assert award.assertion["recipient"]["hashed"] is True
    assert "tomas" not in json.dumps(award.assertion)
    assert belongs_to(award, "https://envol.example/@tomas")


def test_private_awards_can_be_verified_without_telling_what_was_done(client, tomas):
    award = an_award(a_badge(), tomas.participant)
    assert "evidence" in get(client, f"/badges/assertions/{award.pk}.json").json()
    Award.objects.update(visibility="private")
    document = get(client, f"/badges/assertions/{award.pk}.json").json()
    check(document, "Assertion")
    assert "evidence" not in document


def test_by_hand_with_words_and_evidence(tomas, olga):
    badge = a_badge("merci", {"type": "by_hand", "value": {}})
    award_by_hand(
        badge, to=tomas.participant, by=olga, now=NOON,
        narrative="Pour la soirée ]]> et <b>tout</b>", evidence_url="https://envol.example/p/1",
    )  # fmt: skip
    drain()
    award = Award.objects.get()
    check(award.assertion, "Assertion")
    assert award.assertion["evidence"] == [{"type": "Evidence", "id": "https://envol.example/p/1"}]


def test_events_without_an_address_still_say_what_they_are(tomas):
    badge = a_badge("post", asked("first_post"))
    did("first_post", tomas.participant, evidence_url="")
    drain()
    assertion = Award.objects.get(badge_class=badge).assertion
    check(assertion, "Assertion")
    assert assertion["evidence"][0]["narrative"]


def test_revoked_is_gone_with_the_reason_and_nothing_else(client, tomas, olga):
    award = an_award(a_badge(), tomas.participant)
    revoke_award(award, by=olga, reason="Donné par erreur", now=NOON)
    document = get(client, f"/badges/assertions/{award.pk}.json", 410).json()
    check(document, "Revoked")
    assert document["revocationReason"] == "Donné par erreur"
    get(client, f"/badges/assertions/{award.pk}/badge.png", 410)
    page = client.get(f"/fr/badges/{award.pk}/")
    assert page.status_code == 200
    assert "Donné par erreur" in page.content.decode()


def test_revoked_before_it_was_issued(client, tomas, olga):
    award = an_award(a_badge(), tomas.participant, issued=False)
    get(client, f"/badges/assertions/{award.pk}.json", 404)
    revoke_award(award, by=olga, reason="Trop tôt", now=NOON)
    drain()
    assert Award.objects.get().issued_at is None
    check(get(client, f"/badges/assertions/{award.pk}.json", 410).json(), "Revoked")


def test_any_site_may_read_documents_and_ask_whether_they_changed(client, tomas):
    award = an_award(a_badge(), tomas.participant)
    for path in ("issuer", "classes/tuteur", f"assertions/{award.pk}"):
        response = get(client, f"/badges/{path}.json")
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response["Content-Type"] == "application/json"
        again = client.get(f"/badges/{path}.json", headers={"If-None-Match": response["ETag"]})
        assert again.status_code == 304
        assert client.head(f"/badges/{path}.json").status_code == 200
        assert client.post(f"/badges/{path}.json").status_code == 405


@pytest.mark.parametrize("path", ["classes/rien.json", "classes/rien.png", "assertions/00000000-0000-0000-0000-000000000000.json"])  # fmt: skip  # noqa: E501
def test_what_is_not_there(client, path):
    get(client, f"/badges/{path}", 404)


def test_a_draft_has_no_address_yet_but_what_was_given_keeps_its_own(client, tomas):
    badge = a_badge()
    an_award(badge, tomas.participant)
    a_badge("brouillon", live=False)
    get(client, "/badges/classes/brouillon.json", 404)
    badge.unpublish()
    get(client, "/badges/classes/tuteur.json")


def test_the_issuer_as_an_organiser_describes_it():
    issuer = Issuer.load()
    issuer.name, issuer.url, issuer.email = "Twittérature", "https://tw.example/", "hi@tw.example"
    issuer.description, issuer.image = "On apprend en écrivant.", an_image("logo")
    document = issuer_document(issuer)
    check(document, "Issuer")
    assert document["name"] == "Twittérature"
    assert document["image"].startswith("https://envol.example/media/")
