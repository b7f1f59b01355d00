"""What readers and editors see: asking, confirming, leaving, reading, editing."""

import re
from datetime import timedelta
from email.utils import parseaddr

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from curation.digest.steps import digest_step
from curation.digest.subscribing import ask_for_letter, forget_unconfirmed, tell_subscribers
from curation.models import Digest, DigestMail, Subscriber
from tests.builders import NOON
from tests.curation.digest.building import FRIDAY, a_letter, a_reader, the_site

pytestmark = pytest.mark.django_db
State = Digest.State
OUR_HOST = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2]


def test_asking_confirming_and_leaving(client):
    answer = client.post("/fr/digest/subscribe/", {"email": "Ada@Mail.example", "language": "fr"})
    assert answer.url == "/fr/digest/asked/"
    digest_step(timezone.now())
    (letter,) = mail.outbox
    assert letter.message()["Message-ID"].endswith(f"@{OUR_HOST}>")
    reader = Subscriber.objects.get()
    assert (reader.email, reader.confirmed_at) == ("ada@mail.example", None)
    confirm = f"/fr/digest/confirm/{reader.key}/"
    assert confirm in letter.body
    assert "ada@mail.example" in client.get(confirm).content.decode()
    reader.refresh_from_db()
    assert reader.confirmed_at is None, "opening a link is no yes: mail programs do it"
    client.post(confirm)
    reader.refresh_from_db()
    assert reader.confirmed_at is not None
    leave = f"/fr/digest/leave/{reader.key}/"
    assert client.get(leave).status_code == 200
    assert Subscriber.objects.exists()
    by_program = client.post(leave, {"List-Unsubscribe": "One-Click"})
    assert by_program.status_code == 200, "mail programs follow no redirect"
    assert not Subscriber.objects.exists()
    assert client.post(leave).url == "/fr/digest/left/", "a second click is no mistake"
    assert client.get(confirm).status_code == 404


def test_leaving_needs_no_cookie(db):
    reader = a_reader()
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"/fr/digest/leave/{reader.key}/").status_code == 302
    assert strict.post("/fr/digest/subscribe/", {"email": "x@y.example"}).status_code == 403


def test_nobody_learns_who_reads(client):
    a_reader("ada@mail.example")
    known = client.post("/fr/digest/subscribe/", {"email": "ada@mail.example", "language": "fr"})
    unknown = client.post("/fr/digest/subscribe/", {"email": "bob@mail.example", "language": "fr"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)


def test_one_address_gets_one_mail_an_hour_whoever_asks():
    for minutes in (0, 1, 2):
        ask_for_letter(
            "ada@mail.example",
            site=the_site(),
            language="fr",
            now=NOON + timedelta(minutes=minutes),
        )
        tell_subscribers(NOON + timedelta(minutes=minutes))
    assert len(mail.outbox) == 1
    later = NOON + timedelta(hours=1)
    ask_for_letter("ada@mail.example", site=the_site(), language="fr", now=later)
    tell_subscribers(later)
    assert len(mail.outbox) == 2


def test_an_address_that_never_said_yes_is_forgotten():
    a_reader("new@mail.example", confirmed_at=None, asked_at=NOON)
    a_reader("yes@mail.example", asked_at=NOON)
    assert forget_unconfirmed(NOON + timedelta(days=7)) == 0
    assert forget_unconfirmed(NOON + timedelta(days=7, seconds=1)) == 1
    assert Subscriber.objects.get().email == "yes@mail.example"


def test_a_wrong_address_says_so_and_keeps_what_was_typed(client):
    answer = client.post("/en/digest/subscribe/", {"email": "nobody", "language": "en"})
    assert answer.status_code == 422
    assert 'value="nobody"' in answer.content.decode()


def test_the_page_shows_what_left_and_nothing_else(client, count_queries):
    a_letter(opening="Une semaine de pluie.")
    address = f"/fr/digest/{NOON.date()}/"
    assert client.get(address).status_code == 404
    Digest.objects.update(state=State.SENT, sent_at=FRIDAY)
    page = client.get(address).content.decode()
    assert "Une semaine de pluie." in page
    assert "Un hashtag &lt;utile&gt;" in page
    assert client.get(f"/en/digest/{NOON.date()}/").status_code == 404, "it is in French"
    assert client.get("/fr/digest/2026-99-99/").status_code == 404
    assert address in client.get("/fr/digest/").content.decode()
    assert count_queries(lambda: client.get(address)) <= 12


@pytest.fixture
def organiser(nia, client):
    nia.groups.add(Group.objects.get(name="Organisers"))
    nia.email = "nia@mail.example"
    nia.save()
    client.force_login(nia)
    return nia


def form_of(letter: Digest, **changes: str) -> dict[str, str]:
    first = letter.entries.first()
    return {
        "title": letter.title,
        "opening": "",
        "closing": "",
        "state": "draft",
        "leaves_at": "2026-05-10 08:00",
        "entries-TOTAL_FORMS": "1",
        "entries-INITIAL_FORMS": "1",
        "entries-MIN_NUM_FORMS": "0",
        "entries-MAX_NUM_FORMS": "1000",
        "entries-0-id": str(first.pk),
        "entries-0-section": first.section,
        "entries-0-title": first.title,
        "entries-0-text": first.text,
        "entries-0-url": first.url,
        "entries-0-credit": "",
        "entries-0-ORDER": "1",
        **changes,
    }


def test_the_desk_says_how_many_mails_were_taken(client, organiser, count_queries):
    letter = a_letter(state=State.SENT, sent_at=FRIDAY)
    for name in ("ada", "bob", "eve"):
        sent = None if name == "bob" else FRIDAY
        reader = a_reader(f"{name}@mail.example")
        DigestMail.objects.create(digest=letter, subscriber=reader, sent_at=sent)
    desk = reverse("digests:list")
    assert re.search(r"\b2 (of|sur) 3\b", client.get(desk).content.decode())
    few = count_queries(lambda: client.get(desk))
    for number in range(5):
        a_letter(week=NOON.date() - timedelta(weeks=1 + number))
    assert count_queries(lambda: client.get(desk)) <= few


def test_an_organiser_edits_gets_a_copy_and_lets_it_go(client, organiser):
    letter = a_letter()
    edit = reverse("digests:edit", args=[letter.pk])
    assert client.get(edit).status_code == 200
    with override("fr"):
        client.post(edit, form_of(letter, opening="Mes mots.", **{"action-send-to-me": "1"}))
    (copy,) = mail.outbox
    assert copy.to == ["nia@mail.example"]
    assert "Mes mots." in copy.body
    client.post(edit, form_of(letter, opening="Mes mots.", state="approved"))
    letter.refresh_from_db()
    assert (letter.state, letter.approved_by) == (State.APPROVED, organiser)


def test_what_left_is_changed_by_nobody(client, organiser):
    letter = a_letter(state=State.SENT, sent_at=FRIDAY)
    edit = reverse("digests:edit", args=[letter.pk])
    assert client.get(edit).url == letter.get_absolute_url()
    client.post(edit, form_of(letter, opening="Trop tard."))
    letter.refresh_from_db()
    assert letter.opening == ""


def test_strangers_and_tutors_have_no_desk(client, tomas):
    letter = a_letter()
    client.force_login(tomas)
    edit = reverse("digests:edit", args=[letter.pk])
    assert client.get(edit).status_code in (302, 403)
    assert client.get(reverse("digest_readers:list")).status_code in (302, 403)


@pytest.mark.parametrize(("mode", "inside"), [("html", True), ("text", False), ("page", False)])
def test_the_preview_of_a_mail_may_show_the_styles_inside_it(rf, mode, inside):
    digest = a_letter()
    answer = digest.make_preview_request(rf.get("/"), mode)
    assert answer.status_code == 200
    styles = answer.headers["Content-Security-Policy"].split("style-src")[1].split(";")[0]
    assert ("'unsafe-inline'" in styles) is inside
