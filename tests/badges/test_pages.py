"""What people see: lists, one badge, one award; in time, in safety, and only where they may."""

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

from badges.announcing import announce_awards
from badges.keys import award_key
from badges.models import Award
from badges.services import revoke_award
from community.models import Participant
from tests.badges.builders import a_badge, an_award, asked, did, drain, group, holding, people
from tests.builders import NOON

pytestmark = pytest.mark.django_db
XSS = "<script>alert(1)</script>"


def read(client, address: str, status: int = 200, **kwargs) -> str:
    response = client.get(address, **kwargs)
    assert response.status_code == status
    return response.content.decode()


def queries(client, address: str) -> int:
    client.get(address)  # pictures are cut once
    with CaptureQueriesContext(database) as captured:
        read(client, address)
    return len(captured)


@pytest.fixture
def award(tomas) -> Award:
    return an_award(a_badge("tuteur"), tomas.participant)


def test_anybody_may_read_an_award(client, award):
    page = read(client, f"/fr/badges/{award.pk}/")
    for words in (
        "Le badge tuteur",
        "Tomas",
        "@tomas",
        f"https://envol.example/badges/assertions/{award.pk}.json",
        award.assertion["evidence"][0]["id"],
        'property="og:image" content="https://envol.example/badges/classes/tuteur.png"',
        "/badge.png?download=1",
        "asked__item--done",
    ):
        assert words in page
    assert "linkedin" not in page
    assert "asked__item--wrong" not in page
    assert "The tuteur badge" in read(client, f"/en/badges/{award.pk}/")


def test_its_owner_may_hide_and_show_it(client, award, tomas, nia):
    address = f"/fr/badges/{award.pk}/"
    client.force_login(tomas)
    assert "linkedin.com/profile/add?startTask=CERTIFICATION_NAME" in read(client, address)
    client.post(f"{address}visibility/", {"visibility": "private"})
    assert read(client, address)
    assert client.get(f"/badges/assertions/{award.pk}/badge.png").status_code == 200
    client.force_login(nia)
    assert "Tomas" not in read(client, address, 403)
    assert client.get(f"/badges/assertions/{award.pk}/badge.png").status_code == 404
    client.force_login(tomas)
    client.post(f"{address}visibility/", {"visibility": "public"})
    client.logout()
    assert "Tomas" in read(client, address)


def test_nobody_else_decides_who_may_see_it(client, award, nia):
    client.force_login(nia)
    response = client.post(f"/fr/badges/{award.pk}/visibility/", {"visibility": "private"})
    assert response.status_code == 404
    assert client.get(f"/fr/badges/{award.pk}/visibility/").status_code == 405
    assert Award.objects.get().visibility == ""


def test_nonsense_changes_nothing(client, award, tomas):
    client.force_login(tomas)
    client.post(f"/fr/badges/{award.pk}/visibility/", {"visibility": "everybody!"})
    assert Award.objects.get().visibility == ""


def test_the_key_is_as_good_as_a_login(client, award):
    Participant.objects.update(consent="count")
    address = f"/fr/badges/{award.pk}/"
    read(client, address, 403)
    read(client, f"{address}?key=wrong", 403)
    key = award_key(award)
    page = read(client, f"{address}?key={key}")
    assert f'name="key" value="{key}"' in page
    answer = client.post(f"{address}visibility/", {"visibility": "public", "key": key}, follow=True)
    assert answer.status_code == 200
    assert "Tomas" in read(client, address)


def test_consent_withdrawn_hides_what_was_shown(client, award):
    Participant.objects.update(consent="nothing")
    Award.objects.update(visibility="public")
    read(client, f"/fr/badges/{award.pk}/", 403)


def test_names_and_texts_cannot_run(client, tomas, olga):
    Participant.objects.update(name=XSS)
    texts = {f"{field}_{code}": f"{XSS}[x](javascript:alert(1))"
             for field in ("name", "description", "criteria") for code in ("fr", "en")}  # fmt: skip
    award = an_award(a_badge("mechant", asked("helped"), **texts), tomas.participant)
    Award.objects.update(narrative=XSS)
    award.evidence.update(narrative=XSS)
    for address in (f"/fr/badges/{award.pk}/", "/fr/badges/", "/fr/badges/mechant/"):
        page = read(client, address)
        assert "<script>alert" not in page
        assert 'href="javascript' not in page
    revoke_award(award, by=olga, reason=XSS, now=NOON)
    assert "<script>alert" not in read(client, f"/fr/badges/{award.pk}/")


def test_an_award_that_is_not_issued_yet_says_so(client, tomas):
    award = an_award(a_badge(), tomas.participant, issued=False)
    page = read(client, f"/fr/badges/{award.pk}/")
    assert "badge.png" not in page
    assert "asked__item--done" in page


def test_a_picture_that_was_changed_on_our_disk_shows(client, award):
    storage = award.baked.storage
    with storage.open(award.baked.name, "wb") as file:
        file.write(b"something else")
    assert "asked__item--wrong" in read(client, f"/fr/badges/{award.pk}/")


def test_a_badge_says_what_it_asks_and_how_far_one_is(client, nia):
    first = a_badge("first", asked("first_post"))
    a_badge("many", holding(first), asked("helped", count=3, distinct="person"),
            group("any", asked("first_photo"), asked("first_link")))  # fmt: skip
    stranger = read(client, "/en/badges/many/")
    assert "Help 3 different newcomers" in stranger
    assert "One of these: Share a photo · Share a link" in stranger
    helped = people(2)
    for person in helped:
        did("helped", nia.participant, other=person)
    client.force_login(nia)
    mine = read(client, "/en/badges/many/")
    assert "1 more person to help" in mine
    assert "(2 of 3)" in mine
    assert "The first badge" in mine


def test_the_list_shows_mine_and_what_is_ahead(client, nia, tomas):
    an_award(a_badge("tuteur"), tomas.participant)
    a_badge("photo", asked("first_photo"))
    a_badge("brouillon", live=False)
    stranger = read(client, "/fr/badges/")
    assert "Le badge tuteur" in stranger
    assert "brouillon" not in stranger
    client.force_login(tomas)
    mine = read(client, "/fr/badges/")
    assert f"/fr/badges/{Award.objects.get().pk}/" in mine
    assert "/fr/badges/photo/" in mine
    assert read(client, "/fr/badges/brouillon/", 404)


def test_nothing_to_earn_yet(client, nia):
    assert read(client, "/fr/badges/")
    client.force_login(nia)
    assert read(client, "/fr/badges/")


def test_pages_within_fifteen_queries(client, tomas, nia):
    for number in range(12):
        badge = a_badge(f"b{number}", asked("helped", count=1 + number))
        badge.tags.add("aide")
        badge.save()
    for person in people(8):
        did("helped", tomas.participant, other=person)
    drain()
    announce_awards(NOON)
    client.force_login(tomas)
    award = Award.objects.first()
    addresses = ["/fr/badges/", "/fr/badges/b5/", f"/fr/badges/{award.pk}/", "/fr/badges/verify/"]
    taken = {address: queries(client, address) for address in addresses}
    assert max(taken.values()) <= 15, taken


def test_no_page_writes_scripts_or_styles_of_its_own(client, tomas):
    award = an_award(a_badge(), tomas.participant)
    client.force_login(tomas)
    for address in ("/fr/badges/", f"/fr/badges/{award.pk}/", "/fr/badges/tuteur/"):
        page = read(client, address)
        assert "<style" not in page
        assert " style=" not in page
        assert " onclick=" not in page
