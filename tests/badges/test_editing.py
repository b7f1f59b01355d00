"""The organisers' side, in the editor."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError

from badges.checks import rules_and_blocks_agree
from badges.models import Award, BadgeClass
from tests.badges.builders import a_badge, an_award, asked

pytestmark = pytest.mark.django_db


@pytest.fixture
def badge():
    return a_badge("tuteur")


def test_every_rule_has_its_block():
    assert rules_and_blocks_agree() == []


def test_an_organiser_reads_the_lists(client, olga, badge, tomas):
    award = an_award(badge, tomas.participant)
    client.force_login(olga)
    listing = client.get("/admin/awards/").content.decode()
    assert "Tomas" in listing
    assert f"/admin/awards/revoke/{award.pk}/" in listing
    assert client.get(f"/admin/awards/inspect/{award.pk}/").status_code == 200
    assert "Le badge tuteur" in client.get("/admin/snippets/badges/badgeclass/").content.decode()
    assert client.get("/admin/settings/badges/issuer/", follow=True).status_code == 200


def test_a_badge_is_composed_in_the_editor(client, olga, badge):
    client.force_login(olga)
    address = f"/admin/snippets/badges/badgeclass/edit/{badge.pk}/"
    assert client.get(address).status_code == 200
    data = {
        "slug": "tuteur", "image": badge.image_id, "order": 5, "tags": "aide",
        "action-publish": "action-publish",
        "rules-count": 2,
        "rules-0-deleted": "", "rules-0-order": 0, "rules-0-type": "events", "rules-0-id": "",
        "rules-0-value-events": ["helped", "brought"], "rules-0-value-count": 3,
        "rules-0-value-distinct": "person", "rules-0-value-tag": "", "rules-0-value-per_person": 2,
        "rules-1-deleted": "", "rules-1-order": 1, "rules-1-type": "any", "rules-1-id": "",
        "rules-1-value-rules-count": 1,
        "rules-1-value-rules-0-deleted": "", "rules-1-value-rules-0-order": 0,
        "rules-1-value-rules-0-type": "events", "rules-1-value-rules-0-id": "",
        "rules-1-value-rules-0-value-events": ["first_post"],
        "rules-1-value-rules-0-value-count": 1, "rules-1-value-rules-0-value-distinct": "",
        "rules-1-value-rules-0-value-tag": "", "rules-1-value-rules-0-value-per_person": 2,
    } | {f"{field}_{code}": f"{field} {code}"
         for field in ("name", "description", "criteria") for code in ("fr", "en")}  # fmt: skip
    response = client.post(address, data)
    assert response.status_code == 302, response.context["form"].errors
    badge = BadgeClass.objects.get()
    assert [spec.key for spec in badge.specs] == ["events", "any"]
    assert badge.specs[0].params["count"] == 3
    assert badge.specs[1].params["rules"][0].params["events"] == ["first_post"]


def test_the_address_stays_once_somebody_has_it(client, olga, badge, tomas):
    an_award(badge, tomas.participant)
    badge.slug = "autre"
    with pytest.raises(ValidationError) as refused:
        badge.full_clean()
    assert set(refused.value.message_dict) == {"slug"}


def test_a_badge_is_given_by_hand(client, olga, badge, tomas):
    client.force_login(olga)
    assert client.get("/admin/awards/new/").status_code == 200
    data = {"handle": "@Tomas", "badge_class": badge.pk, "narrative": "Merci !",
            "evidence_url": "https://envol.example/p/1"}  # fmt: skip
    assert client.post("/admin/awards/new/", data).status_code == 302
    award = Award.objects.get()
    assert (award.recipient, award.awarded_by) == (tomas.participant, olga)
    again = client.post("/admin/awards/new/", data)
    assert again.context["form"].non_field_errors()
    unknown = client.post("/admin/awards/new/", data | {"handle": "personne"})
    assert unknown.context["form"].has_error("handle")
    assert Award.objects.count() == 1


def test_a_badge_is_taken_back_with_a_reason(client, olga, badge, tomas):
    award = an_award(badge, tomas.participant)
    client.force_login(olga)
    address = f"/admin/awards/revoke/{award.pk}/"
    assert "Tomas" in client.get(address).content.decode()
    assert client.post(address, {"reason": " "}).status_code == 200
    assert Award.objects.get().revoked_at is None
    assert client.post(address, {"reason": "Une erreur"}).status_code == 302
    award.refresh_from_db()
    assert (award.revocation_reason, award.revoked_by) == ("Une erreur", olga)
    client.post(address, {"reason": "Une autre"})
    assert Award.objects.get().revocation_reason == "Une erreur"


def test_an_award_is_never_rewritten_nor_deleted(client, olga, badge, tomas):
    award = an_award(badge, tomas.participant)
    client.force_login(olga)
    for action in ("edit", "delete"):
        response = client.post(f"/admin/awards/{action}/{award.pk}/", {"narrative": "x"})
        assert response.status_code == 302
    assert Award.objects.get().narrative == ""


def test_without_the_permission_nothing_is_taken_back(client, nia, badge, tomas):
    award = an_award(badge, tomas.participant)
    helpers = Group.objects.create(name="Helpers")
    rights = ["access_admin", "view_award"]
    helpers.permissions.set(Permission.objects.filter(codename__in=rights))
    nia.groups.add(helpers)
    client.force_login(nia)
    address = f"/admin/awards/revoke/{award.pk}/"
    assert address not in client.get("/admin/awards/").content.decode()
    client.post(address, {"reason": "Je veux"})
    assert Award.objects.get().revoked_at is None
    assert client.post("/admin/awards/new/", {"handle": "nia", "badge_class": badge.pk})
    assert Award.objects.count() == 1


def test_the_preview_shows_the_draft(client, olga):
    badge = a_badge("brouillon", asked("helped"), live=False)
    response = badge.make_preview_request()
    assert response.status_code == 200
    assert "Le badge brouillon" in response.rendered_content
