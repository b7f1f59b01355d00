"""The one step of the letter: compose, let go, deliver, forget."""

from datetime import datetime

from django.db.models import Min

from community.handing_on import enter_list_of_people
from curation.digest import telling  # noqa: F401 - enters its writers
from curation.digest.composing import compose_due, due_letters
from curation.digest.sending import approve_what_leaves_by_itself, begin_to_send, deliver_mails
from curation.digest.subscribing import forget_unconfirmed, tell_subscribers
from curation.models import Digest, DigestEntry, DigestMail, Subscriber
from microblog.steps import Backlog, Step, enter_step


def digest_step(now: datetime) -> int:
    """Returns how many rows moved."""
    return (
        tell_subscribers(now)
        + compose_due(now)
        + approve_what_leaves_by_itself(now)
        + begin_to_send(now)
        + deliver_mails(now)
        + forget_unconfirmed(now)
    )


def backlog(now: datetime) -> Backlog:
    """Letters to draft and to send, mails to hand over, confirmations to ask for."""
    due = [moment for _site, _wishes, _language, moment in due_letters(now)]
    mails = DigestMail.objects.filter(sent_at=None, next_attempt_at__lte=now)
    letters = Digest.objects.to_send(now)
    asked = Subscriber.objects.filter(tell_at__lte=now)
    oldest = [
        mails.aggregate(at=Min("next_attempt_at"))["at"],
        letters.aggregate(at=Min("leaves_at"))["at"],
        asked.aggregate(at=Min("tell_at"))["at"],
        *due,
    ]
    count = len(due) + mails.count() + letters.count() + asked.count()
    return Backlog(count, min(filter(None, oldest), default=None))


enter_step(Step("digest", digest_step, backlog))
enter_list_of_people(DigestEntry, "named")
