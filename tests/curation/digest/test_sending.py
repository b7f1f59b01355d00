"""A letter leaves when it is ready and due, to each reader once, whatever dies on the way."""

import re
from datetime import timedelta
from pathlib import Path
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import ClassVar

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from community.colours import DARK, contrast
from community.models import MoocSettings
from curation.digest.sending import (
    approve_what_leaves_by_itself,
    begin_to_send,
    deliver_mails,
)
from curation.digest.writing import DARK_INK, DARK_PLAIN
from curation.models import Digest, DigestMail, DigestSettings, Subscriber
from tests.curation.digest.building import FRIDAY, a_letter, a_reader, the_site

pytestmark = pytest.mark.django_db
SUNDAY = FRIDAY + timedelta(days=2)
State = Digest.State
TOKENS = Path(__file__).parents[3] / "cms/static/envol/css/tokens.css"


class MoodyServer(EmailBackend):
    """A mail server that refuses, or hangs up, as its story says."""

    refuses: ClassVar[dict[str, int]] = {}
    hangs_up: ClassVar[bool] = False

    def send_messages(self, messages):
        if MoodyServer.hangs_up:
            raise SMTPServerDisconnected("Good bye")
        for message in messages:
            for address in message.to:
                if code := MoodyServer.refuses.get(address):
                    raise SMTPRecipientsRefused({address: (code, b"no")})
        return super().send_messages(messages)


@pytest.fixture
def server(settings):
    settings.EMAIL_BACKEND = f"{__name__}.MoodyServer"
    MoodyServer.refuses, MoodyServer.hangs_up = {}, False
    return MoodyServer


def test_a_letter_in_which_nothing_is_left_stays_here():
    a_reader()
    letter = a_letter(state=State.APPROVED)
    letter.entries.all().delete()
    assert begin_to_send(SUNDAY) == deliver_mails(SUNDAY) == 0
    letter.refresh_from_db()
    assert letter.state == State.SKIPPED


def test_a_draft_waits_and_a_ready_letter_leaves_at_its_hour():
    a_reader()
    letter = a_letter()
    assert begin_to_send(SUNDAY) == 0
    Digest.objects.update(state=State.APPROVED)
    assert begin_to_send(SUNDAY - timedelta(minutes=1)) == 0
    assert begin_to_send(SUNDAY) == 1
    letter.refresh_from_db()
    assert (letter.state, letter.sent_at) == (State.SENT, SUNDAY)
    assert deliver_mails(SUNDAY) == 1
    assert deliver_mails(SUNDAY) == 0
    (sent,) = mail.outbox
    assert sent.to == ["ada@mail.example"]


def test_the_mail_can_be_read_as_text_and_left_in_one_click():
    reader = a_reader()
    a_letter(state=State.APPROVED, opening="Bonjour & bienvenue")
    begin_to_send(SUNDAY)
    deliver_mails(SUNDAY)
    (sent,) = mail.outbox
    assert "Bonjour & bienvenue" in sent.body
    assert "https://read.example/a" in sent.body
    assert sent.body.index("https://read.example/a") < sent.body.index("Douze personnes")
    html = sent.alternatives[0].content
    assert "Un hashtag &lt;utile&gt;" in html
    headers = sent.message()
    leave = f"<https://envol.example/fr/digest/leave/{reader.key}/>"
    assert headers["List-Unsubscribe"] == leave
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize("colour", ["#1f3a5f", "#8c3420"])
def test_the_mail_can_be_read_in_the_dark(colour):
    """In the colours of the site's own dark, where the mail program says that it is."""
    MoocSettings.objects.update_or_create(site=the_site(), defaults={"accent": colour})
    a_reader()
    a_letter(state=State.APPROVED)
    begin_to_send(SUNDAY)
    deliver_mails(SUNDAY)
    html = mail.outbox[0].alternatives[0].content
    dark = html.partition("prefers-color-scheme: dark")[2].partition("</style>")[0]
    shown = re.findall(r"[^-]color: (#[0-9a-f]{6})", dark)
    assert len(shown) == 4
    assert all(contrast(one, paper) >= 4.5 for one in shown for paper in DARK.values())
    tokens = TOKENS.read_text().partition("prefers-color-scheme: dark")[2]
    assert all(
        told in tokens for told in (*DARK.values(), *DARK_INK.values(), *DARK_PLAIN.values())
    )


def test_only_readers_of_its_language_who_said_yes_get_it():
    a_reader("en@mail.example", language="en")
    a_reader("new@mail.example", confirmed_at=None)
    a_reader("yes@mail.example")
    a_letter(state=State.APPROVED)
    begin_to_send(SUNDAY)
    deliver_mails(SUNDAY)
    assert [one.to for one in mail.outbox] == [["yes@mail.example"]]


def test_it_may_leave_by_itself_where_that_is_wished():
    a_letter()
    assert approve_what_leaves_by_itself(SUNDAY) == 0
    DigestSettings.objects.create(site=the_site(), leaves_by_itself=True)
    assert approve_what_leaves_by_itself(SUNDAY - timedelta(hours=1)) == 0
    assert approve_what_leaves_by_itself(SUNDAY) == 1


def test_a_server_that_hangs_up_is_asked_again_more_and_more_seldom(server):
    a_reader()
    a_letter(state=State.APPROVED)
    begin_to_send(SUNDAY)
    server.hangs_up = True
    deliver_mails(SUNDAY)
    row = DigestMail.objects.get()
    assert (row.attempts, row.sent_at, row.fault) == (1, None, "SMTPServerDisconnected")
    first = row.next_attempt_at - SUNDAY
    assert deliver_mails(SUNDAY + first - timedelta(seconds=1)) == 0
    deliver_mails(SUNDAY + first)
    row.refresh_from_db()
    assert row.next_attempt_at - (SUNDAY + first) == 2 * first
    server.hangs_up = False
    deliver_mails(row.next_attempt_at)
    assert len(mail.outbox) == 1


def test_one_refusal_stops_nobody_elses_letter_and_three_forget_the_address(server):
    a_reader("gone@mail.example")
    a_reader("here@mail.example")
    server.refuses = {"gone@mail.example": 550}
    for number in range(3):
        week = FRIDAY.date() + timedelta(weeks=number)
        a_letter(state=State.APPROVED, week=week)
        begin_to_send(SUNDAY)
        deliver_mails(SUNDAY)
    assert len(mail.outbox) == 3
    assert [one.email for one in Subscriber.objects.all()] == ["here@mail.example"]


def test_an_address_that_no_mail_knows_stops_nobody_elses_letter():
    for number in range(3):
        a_reader(f"a@{number}\u05d0.example" if number == 1 else f"{number}@mail.example")
    letter = a_letter(state=State.APPROVED, title="A week\nBcc: all@mail.example")
    begin_to_send(SUNDAY)
    assert deliver_mails(SUNDAY) == 3
    assert {one.to[0] for one in mail.outbox} == {"0@mail.example", "2@mail.example"}
    assert {one.subject for one in mail.outbox} == {"A week Bcc: all@mail.example"}
    unwritable = letter.mails.exclude(fault="").get()
    assert (unwritable.sent_at, unwritable.next_attempt_at) == (None, None), "it is tried once"
    assert unwritable.subscriber.bounces == 1
    assert Subscriber.objects.exclude(bounces=0).count() == 1


def test_a_server_that_says_not_now_is_no_bounce(server):
    a_reader("busy@mail.example")
    server.refuses = {"busy@mail.example": 451}
    a_letter(state=State.APPROVED)
    begin_to_send(SUNDAY)
    deliver_mails(SUNDAY)
    assert Subscriber.objects.get().bounces == 0
    assert DigestMail.objects.get().next_attempt_at is not None


def test_a_worker_that_died_with_a_claim_costs_minutes_and_no_letter():
    """The claim is the moved next attempt: what was never handed over is taken up after it."""
    a_reader()
    a_letter(state=State.APPROVED)
    begin_to_send(SUNDAY)
    DigestMail.objects.update(attempts=1, next_attempt_at=SUNDAY + timedelta(minutes=5))
    assert deliver_mails(SUNDAY) == 0
    assert deliver_mails(SUNDAY + timedelta(minutes=5)) == 1
    assert mail.outbox[0].message()["Message-ID"].startswith("<letter.")


def test_addressing_costs_the_same_for_many_readers(count_queries):
    a_reader("first@mail.example")
    a_letter(state=State.APPROVED)
    few = count_queries(lambda: begin_to_send(SUNDAY))
    for number in range(30):
        a_reader(f"reader{number}@mail.example")
    a_letter(state=State.APPROVED, week=FRIDAY.date())
    assert count_queries(lambda: begin_to_send(SUNDAY)) == few
    assert DigestMail.objects.count() == 32
