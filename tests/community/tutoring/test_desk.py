"""The organisers' desk for helps and tutors."""

import pytest

from community.models import Help, Load, Mentorship
from microblog.models import Account
from microblog.timeline.services import write_post
from tests.challenges.building import french
from tests.community.tutoring.building import a_newcomer, a_tutor, given

pytestmark = pytest.mark.django_db


@pytest.fixture
def lea(db):
    return a_tutor("lea", Load.NORMAL)


@pytest.fixture
def nia(db):
    return a_newcomer("nia")


@pytest.fixture
def deed(lea, nia, now):
    account = Account.objects.get(link__participant=lea.participant)
    question = write_post(
        Account.objects.get(link__participant=nia), text="Comment faire ?", now=now
    )
    reply = write_post(account, text="Regarde en haut", now=now, in_reply_to=question)
    return Help.objects.create(
        reply=reply, helper=lea.participant, helped=nia, topic="question", noticed_at=now
    )


def test_an_organiser_decides_about_a_help(client, deed, olga):
    client.force_login(olga)
    assert "Lea" in client.get("/admin/helps/").content.decode()
    address = f"/admin/helps/{deed.pk}/decide/"
    assert "Regarde en haut" in client.get(address).content.decode()
    client.post(address, {"confirm": "1"})
    deed.refresh_from_db()
    assert (deed.confirmed_by, deed.decided_by) == ("organiser", olga)
    client.post(address, {"undo": "1"})
    deed.refresh_from_db()
    assert deed.undone_at
    assert french("Decided that this helped nobody") in client.get(address).content.decode()


def test_they_read_about_both_in_words(client, deed, lea, olga):
    client.force_login(olga)
    about = client.get(f"/admin/tutors/inspect/{lea.pk}/").content.decode()
    assert french("French") in about
    help_ = client.get(f"/admin/helps/inspect/{deed.pk}/").content.decode()
    assert "Regarde en haut" in help_
    for page in (about, help_):
        assert "[&#x27;" not in page
        assert ">None<" not in page


def test_an_organiser_pauses_a_tutor(client, lea, nia, olga):
    given(nia)
    client.force_login(olga)
    assert "Lea" in client.get("/admin/tutors/").content.decode()
    client.post(f"/admin/tutors/{lea.pk}/pause/", {"pause": "1"})
    assert not Mentorship.objects.going_on().exists()
    html = client.get(f"/admin/tutors/{lea.pk}/pause/").content.decode()
    assert french("Paused this tutor") in html
    client.post(f"/admin/tutors/{lea.pk}/pause/", {"resume": "1"})
    lea.refresh_from_db()
    assert lea.paused_at is None


@pytest.mark.parametrize("address", ["/admin/helps/{}/decide/", "/admin/tutors/{}/pause/"])
def test_the_desk_is_for_organisers(client, lea, deed, tomas, address):
    client.force_login(tomas)
    page = address.format(deed.pk if "helps" in address else lea.pk)
    assert client.get(page).status_code in (302, 403)
    assert client.post(page, {"undo": "1", "pause": "1"}).status_code in (302, 403)
    deed.refresh_from_db()
    lea.refresh_from_db()
    assert deed.undone_at is None and lea.paused_at is None
