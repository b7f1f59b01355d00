"""What a mail server took and couldn't hand over: its report comes later, as a mail."""

from datetime import timedelta
from io import BytesIO, TextIOWrapper

import pytest
from django.core import mail
from django.core.management import call_command

from curation.digest.bouncing import is_of_address, note_report
from curation.digest.sending import begin_to_send, deliver_mails
from curation.models import Digest, DigestMail, Subscriber
from tests.curation.digest.building import FRIDAY, a_letter, a_reader

pytestmark = pytest.mark.django_db
SUNDAY = FRIDAY + timedelta(days=2)

REPORT = """\
Return-Path: <>
From: MAILER-DAEMON@mail.example (Mail Delivery System)
To: returned@envol.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example
Arrival-Date: Sun, 10 May 2026 08:00:00 +0200 (CEST)

Final-Recipient: rfc822; ada@mail.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} no

--b
Content-Type: {kind}

{letter}
--b--
"""


def a_report(letter, *, action="failed", status="5.1.1", kind="message/rfc822") -> bytes:
    whole = letter.message().as_string()
    told = whole if kind == "message/rfc822" else whole.split("\n\n")[0] + "\n"
    return REPORT.format(action=action, status=status, kind=kind, letter=told).encode()


def send_one(week: int):
    """The letter of that week, as the server took it."""
    a_letter(state=Digest.State.APPROVED, week=FRIDAY.date() + timedelta(weeks=week))
    begin_to_send(SUNDAY)
    deliver_mails(SUNDAY)
    return mail.outbox[-1]


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_an_address_of_which_three_letters_came_back_is_forgotten(kind):
    a_reader()
    for week in range(3):
        report = a_report(send_one(week), kind=kind)
        assert note_report(report)
        assert not note_report(report), "told twice, it counts once"
    assert not Subscriber.objects.exists()


def test_a_letter_that_arrived_makes_good_what_came_back():
    a_reader()
    note_report(a_report(send_one(0)))
    assert Subscriber.objects.get().bounces == 1
    send_one(1)
    assert Subscriber.objects.get().bounces == 1, "that it was taken says little"
    send_one(2)
    assert Subscriber.objects.get().bounces == 0


@pytest.mark.parametrize(
    "told", [{"action": "delayed"}, {"status": "4.2.2"}, {"status": "5.7.1"}, {"status": "5.6.1"}]
)
def test_what_is_late_or_no_fault_of_the_address_counts_nothing(told):
    a_reader()
    assert not note_report(a_report(send_one(0), **told))
    assert Subscriber.objects.get().bounces == 0


@pytest.mark.parametrize(
    ("code", "words", "means_it"),
    [
        (550, b"5.1.1 no such person", True),
        (550, b"Unknown user", True),
        (550, b"5.7.1 your network is on our list", False),
        (451, b"4.7.1 not now", False),
    ],
)
def test_a_server_that_lets_nobody_like_us_in_says_nothing_of_its_people(code, words, means_it):
    assert is_of_address(code, words) == means_it


def test_nobody_has_somebody_forgotten_without_the_key_of_their_letter():
    reader = a_reader()
    report = a_report(send_one(0)).decode()
    assert not note_report(report.replace(reader.key, "x" * len(reader.key)).encode())
    assert not note_report(b"Subject: Hello\n\nI read your letter!")
    assert not note_report(b"")
    assert DigestMail.objects.get().fault == ""


def test_letters_name_the_address_for_what_comes_back_on_the_envelope_alone(settings):
    settings.BOUNCES_TO = "returned@envol.example"
    a_reader()
    sent = send_one(0)
    assert sent.from_email == "returned@envol.example"
    assert sent.message()["From"] == settings.DEFAULT_FROM_EMAIL


def test_the_command_reads_what_the_mail_server_pipes_in(monkeypatch, capsys):
    a_reader()
    report = a_report(send_one(0))
    for expected in ("A letter came back.", "No letter of ours came back."):
        monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(report)))
        call_command("note_bounce")
        assert capsys.readouterr().out.strip() == expected
