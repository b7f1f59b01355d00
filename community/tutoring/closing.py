"""When somebody has been met: a person answered, a tutor set it aside, or it passed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db.models import QuerySet

from community.models import Claim, Need, NeedReason
from community.people import known_participants
from community.tutoring.needs import kind_of
from community.tutoring.using import remember_uses
from microblog.models import Post

FIELDS = ["post", "network", "language", "rank", "since", "shows_at", "closed_at", "ending"]


def refresh_needs(
    ids: Collection[int], *, now: datetime, ending: Need.Ending = Need.Ending.ANSWERED
) -> None:
    """Say anew what each need rests on; one that rests on nothing any more is closed, and so is
    the claim on it. Constant queries."""
    if not ids:
        return
    rows = Need.objects.waiting().filter(pk__in=ids).select_related("person").order_by("pk")
    needs = list(rows.select_for_update(of=("self",)))
    held: dict[int, list[NeedReason]] = defaultdict(list)
    reasons = NeedReason.objects.filter(need__in=[need.pk for need in needs], closed_at=None)
    for reason in reasons.select_related("post"):
        held[reason.need_id].append(reason)
    for need in needs:
        if held[need.pk]:
            _stand_on(need, held[need.pk], now)
        else:
            need.closed_at, need.ending = now, ending
    Need.objects.bulk_update(needs, FIELDS, batch_size=200)
    closed = [need.pk for need in needs if need.closed_at]
    if closed:
        Claim.objects.open().filter(need__in=closed).update(ended_at=now, ending=Claim.Ending.GONE)


def _stand_on(need: Need, reasons: Sequence[NeedReason], now: datetime) -> None:
    """The post to answer first: of a running event, else a question, else the oldest."""
    is_live = any(reason.until and reason.shows_at <= now for reason in reasons)
    first = min(reasons, key=lambda one: (one.shows_at > now, _urgency(one), one.since, one.pk))
    need.post = first.post
    need.network = first.post.network
    spoken = first.post.language or need.person.language
    need.language = spoken.replace("_", "-").split("-")[0].lower()[:20]
    need.rank = Need.LIVE_FIRST if is_live else Need.IN_TURN
    need.since = min(reason.since for reason in reasons)
    need.shows_at = min(reason.shows_at for reason in reasons)


def _urgency(reason: NeedReason) -> int:
    if reason.until:
        return 0
    return 2 if kind_of(reason.kind).of_person else 1


def close_by_answers(replies: Sequence[Post], *, now: datetime) -> None:
    """These posts of people answer somebody, with `parent` at hand: who waited for that waits no
    more. A tutor's own answer ends their claim. Constant queries."""
    if not replies:
        return
    accounts = {reply.author_id for reply in replies}
    accounts |= {reply.parent.author_id for reply in replies if reply.parent}
    people = {account: one.pk for account, one in known_participants(accounts).items()}
    waiting: dict[int, list[NeedReason]] = defaultdict(list)
    reasons = NeedReason.objects.filter(closed_at=None, need__person__in=set(people.values()))
    for reason in reasons.filter(need__closed_at=None).select_related("post", "need"):
        waiting[reason.need.person_id].append(reason)
    settled: dict[int, NeedReason] = {}
    answers: dict[tuple[int, int], Post] = {}
    for reply in replies:
        asker = people.get(reply.parent.author_id) if reply.parent else None
        helper = people.get(reply.author_id)
        if asker is None or asker == helper:
            continue
        for reason in waiting[asker]:
            if _settles(reply, reason):
                settled[reason.pk] = reason
                answers.setdefault((reason.need_id, helper or 0), reply)
    if settled:
        _settle(settled, answers, now)


def _settle(
    settled: dict[int, NeedReason], answers: dict[tuple[int, int], Post], now: datetime
) -> None:
    """`answers`: by need and helper."""
    NeedReason.objects.filter(pk__in=settled).update(closed_at=now)
    needs = {reason.need_id for reason in settled.values()}
    answered = []
    for claim in Claim.objects.open().filter(need__in=needs).select_related("need__post", "tip"):
        if answer := answers.get((claim.need_id, claim.tutor_id)):
            claim.ended_at, claim.ending, claim.answer = now, Claim.Ending.ANSWERED, answer
            answered.append(claim)
    Claim.objects.bulk_update(answered, ["ended_at", "ending", "answer"], batch_size=200)
    remember_uses(answered, now=now)
    refresh_needs(needs, now=now)


def _settles(reply: Post, reason: NeedReason) -> bool:
    """Whether this answer to the person is one to what they wait for."""
    if reply.parent_id == reason.post_id:
        return True
    if reply.said_at < reason.since:
        return False
    return kind_of(reason.kind).of_person or reply.thread_id == reason.post.thread_id


def end_reasons(
    reasons: "QuerySet[NeedReason]", *, now: datetime, ending: Need.Ending = Need.Ending.GONE
) -> int:
    """These hold no longer, whoever saw to it; returns how many. Within a transaction."""
    rows = list(reasons.filter(closed_at=None).values_list("pk", "need"))
    if rows:
        NeedReason.objects.filter(pk__in=[pk for pk, _need in rows]).update(closed_at=now)
        refresh_needs({need for _pk, need in rows}, now=now, ending=ending)
    return len(rows)


def close_need(need: Need, *, ending: Need.Ending, now: datetime, reasons: Iterable[int]) -> None:
    """A tutor says that nothing is left to do about these reasons of it."""
    end_reasons(need.reasons.filter(pk__in=list(reasons)), now=now, ending=ending)
