"""The letter of the week in the demo: last week's has left, this week's waits for its editor; and
whom an organiser trusts with the links."""

from datetime import datetime, timedelta

from django.utils.translation import override
from wagtail.models import Site

from cms.demo_loader.ledger import Ledger
from cms.demo_loader.pages import LANGUAGES
from cms.demo_loader.people import person_behind
from cms.demo_loader.reading import Demo, Fields
from community.models import User
from curation.digest.composing import WEEK, compose_due, last_moment, monday_of
from curation.digest.sending import begin_to_send
from curation.models import Digest, DigestSettings, Trust

TRUSTED = "ines"
EDITOR = "olga"


def load_letters(demo: Demo, ledger: Ledger, now: datetime) -> int:
    """Returns how many items are new. After the picks, whose clock it shares."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        return 0
    began = ledger.moment("picks began", now)
    made = int(ledger.load(f"trust:{TRUSTED}", _trust, ledger, site))
    for language in LANGUAGES:
        words = demo.readings(language).get("letter", {})
        key = f"letter:sent:{language}"
        made += ledger.load(key, _sent, ledger, site, language, words, began - WEEK)
    for language in LANGUAGES:
        made += ledger.load(f"letter:draft:{language}", _composed, site, language, began)
    return made


def _trust(ledger: Ledger, site: Site) -> Trust | None:
    person = person_behind(ledger, TRUSTED)
    if person is None:
        return None
    by = ledger.find(f"person:{EDITOR}", User)
    return Trust.objects.create(site=site, participant=person, given_by=by)


def _composed(site: Site, language: str, now: datetime) -> Digest | None:
    """The letter that was to be drafted last, as the composer itself drafts it."""
    with override(language):
        compose_due(now)
    week = monday_of(last_moment(DigestSettings.for_site(site), now=now))
    return Digest.objects.filter(site=site, language=language, week=week).first()


def _sent(ledger: Ledger, site: Site, language: str, words: Fields, now: datetime) -> Digest | None:
    letter = _composed(site, language, now)
    if letter is None or letter.state != Digest.State.DRAFT:
        return letter
    letter.opening, letter.closing = words.get("opening", ""), words.get("closing", "")
    letter.approved_by = ledger.find(f"person:{EDITOR}", User)
    letter.state = Digest.State.APPROVED
    letter.save()
    begin_to_send(letter.leaves_at + timedelta(minutes=1))
    letter.refresh_from_db()
    return letter
