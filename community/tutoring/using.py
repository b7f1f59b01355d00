"""Which tip went into which answer, and what it was about: so that one can see it applied."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db.models import F

from community.models import Claim, Need, NeedReason, Tip, TipUse
from community.tutoring.needs import kind_of
from community.tutoring.remarks import remarks_of
from community.tutoring.topics import BY_KEY, topics_of_rules, topics_of_words


def remember_uses(claims: Sequence[Claim], *, now: datetime) -> None:
    """For claims that were answered, with `need__post` and `tip` at hand. Constant queries."""
    claims = [claim for claim in claims if claim.tip]
    if not claims:
        return
    missing = _missing_rules([claim.need for claim in claims])
    uses = [_use(claim, missing[claim.need_id], now) for claim in claims]
    before = set(TipUse.objects.filter(claim__in=claims).values_list("tip", "claim"))
    new = [use for use in uses if (use.tip_id, use.claim_id) not in before]
    TipUse.objects.bulk_create(new, ignore_conflicts=True)
    counts = Counter(use.tip_id for use in new)
    for count in set(counts.values()):
        used = [tip for tip, times in counts.items() if times == count]
        Tip.objects.filter(pk__in=used).update(times_used=F("times_used") + count)


def _missing_rules(needs: Sequence[Need]) -> dict[int, list[str]]:
    """By need: what its reasons and the verdict on its post say is missing."""
    missing: dict[int, list[str]] = defaultdict(list)
    reasons = NeedReason.objects.filter(need__in=needs)
    for pk, params in reasons.values_list("need", "params"):
        missing[pk] += params.get("rules", [])
    remarks = remarks_of([need.post for need in needs])
    for need in needs:
        if remark := remarks.get(need.post_id):
            missing[need.pk] += remark.rules
    return missing


def _use(claim: Claim, missing: Sequence[str], now: datetime) -> TipUse:
    tip = claim.tip
    if tip is None:
        raise ValueError(f"claim {claim.pk} has no tip")
    rule = next((rule for rule in missing if tip_is_about(tip, rule)), "")
    return TipUse(
        tip=tip,
        claim=claim,
        answer=claim.answer,
        about=claim.need.post,
        topic=topics_of_rules([rule])[0] if rule else next(iter(tip.topics), ""),
        rule=rule,
        used_at=now,
    )


def tip_is_about(tip: Tip, rule: str) -> bool:
    return any(rule in BY_KEY[topic].rules for topic in tip.topics if topic in BY_KEY)


def wanted_topics(need: Need, *, rules: Sequence[str], kinds: Sequence[str]) -> dict[str, int]:
    """How much each topic matters for this need: what is missing first, then why they wait, then
    what they say."""
    weights: dict[str, int] = defaultdict(int)
    for topic in topics_of_rules(rules):
        weights[topic] += 8
    for kind in kinds:
        for topic in kind_of(kind).topics:
            weights[topic] += 4
    for topic in topics_of_words(need.post.text):
        weights[topic] += 2
    return dict(weights)
