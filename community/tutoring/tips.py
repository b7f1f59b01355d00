"""The tutors' library: finding a tip for the need at hand, adding one, changing it, retiring it."""

from collections.abc import Sequence
from datetime import datetime
from math import log1p

from django.db.models import Q

from community.models import Need, Participant, Tip, User
from community.models.console import TipQuerySet
from community.tutoring.remarks import Remark
from community.tutoring.using import wanted_topics

SUGGESTED = 4
MOST_READ = 500
"""Tips that are weighed for one need, the most used first."""


def suggest_tips(need: Need, *, remark: Remark | None) -> list[Tip]:
    """The best few to adapt, with what speaks the newcomer's language first among equals. One
    query."""
    rules = [rule for why in need.whys for rule in why.params.get("rules", [])]
    rules += list(remark.rules) if remark else []
    wanted = wanted_topics(need, rules=rules, kinds=[why.kind for why in need.whys])
    tips = list(Tip.objects.in_use().order_by("-times_used", "pk")[:MOST_READ])
    weighed = [(_weight(tip, wanted, need.language), tip) for tip in tips]
    weighed.sort(key=lambda pair: (-pair[0], pair[1].pk))
    return [tip for weight, tip in weighed[:SUGGESTED] if weight > 0]


def _weight(tip: Tip, wanted: dict[str, int], language: str) -> float:
    about = sum(wanted.get(topic, 0) for topic in tip.topics)
    if not about:
        return 0
    proven = log1p(tip.times_used + 2 * tip.times_thanked) / 4
    return about + proven + (1 if tip.speaks(language) else 0)


def search_tips(
    words: str = "", *, topics: Sequence[str] = (), retired: bool = False
) -> TipQuerySet:
    """Those about any of these topics that are in use (or retired), the most used first."""
    tips = Tip.objects.filter(retired_at__isnull=not retired).select_related("created_by")
    tips = tips.order_by("-times_used", "-pk")
    for word in words.split()[:6]:
        tips = tips.filter(
            Q(title_fr__icontains=word)
            | Q(text_fr__icontains=word)
            | Q(title_en__icontains=word)
            | Q(text_en__icontains=word)
        )
    if topics:
        # Written with its quotes: a key that is part of another one isn't found.
        about = Q()
        for key in topics:
            about |= Q(topics__icontains=f'"{key}"')
        tips = tips.filter(about)
    return tips


def may_change_tip(tip: Tip, user: User, person: Participant) -> bool:
    """Whoever wrote it, and organisers."""
    return tip.created_by_id == person.pk or user.has_perm("community.change_tip")


def retire_tip(tip: Tip, *, now: datetime) -> bool:
    """It is offered no more; what it was used for stays. False where it was retired already."""
    return bool(Tip.objects.in_use().filter(pk=tip.pk).update(retired_at=now))


def bring_back(tip: Tip) -> bool:
    return bool(Tip.objects.filter(pk=tip.pk).exclude(retired_at=None).update(retired_at=None))
