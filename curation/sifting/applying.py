"""The step "sift": rules look at what nobody decided yet; in batches, however many rules and items
there are."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Case, F, Min, PositiveIntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Substr

from curation.models import Find, Item, ItemTopic, Sifting, SiftRule, Source
from curation.sifting.rules import DROP, PUBLISH, SNOOZE, Facts, Rule, Verdict, decide, lines
from curation.topics import add_topics, split_topics, topic_key
from curation.ways_back import RESTORED, TOPICS, By, a_sifting, show, snapshot_of
from microblog.steps import Backlog

BATCH = 200
READ = 20_000
"""Characters of a page in which words are looked for."""

State, Decision = Item.State, Sifting.Decision
OUTCOMES = {PUBLISH: Decision.PUBLISH, DROP: Decision.DROP, SNOOZE: Decision.SNOOZE}


@dataclass(slots=True)
class Read:
    """What the database knows of a batch, by item. `by_people`: batches that are a person's."""

    sources: dict[int, list[Source]] = field(default_factory=dict)
    topics: dict[int, set[str]] = field(default_factory=dict)
    applied: dict[int, set[int]] = field(default_factory=dict)
    by_people: set[UUID] = field(default_factory=set)

    def facts(self, item: Item) -> Facts:
        sources = self.sources.get(item.pk, [])
        return Facts(
            title=item.title,
            text=f"{item.summary}\n{getattr(item, 'words', '')}",
            sources=frozenset(source.pk for source in sources),
            topics=frozenset(self.topics.get(item.pk, ())) | _said_of(item),
            language=item.language,
            finders=item.finders,
            itself=any(one.publishing == Source.Publishing.ITSELF for one in sources),
            applied=frozenset(self.applied.get(item.pk, ())),
        )


def _said_of(item: Item) -> set[str]:
    """Its feeds' own categories, unless a person said what it is about."""
    return set() if TOPICS in item.edited_fields else {topic_key(name) for name in item.said_topics}


def unsifted() -> QuerySet[Item]:
    """Whose page was read, or given up on, and that no rule has seen since they last changed."""
    read = Q(describe_at=None) | ~Q(described_at=None)
    return Item.objects.standing().filter(read, sifted_at=None)


def backlog(now: datetime) -> Backlog:
    waiting = unsifted()
    return Backlog(waiting.count(), waiting.aggregate(at=Min("first_seen_at"))["at"])


@transaction.atomic
def sift_items(*, now: datetime) -> int:
    """One batch; returns how many items were looked at. Sixteen queries at most."""
    rows = with_words(unsifted()).order_by("pk")
    items = list(rows.select_for_update(skip_locked=True, of=("self",))[:BATCH])
    if not items:
        return 0
    read = read_about([item.pk for item in items])
    rules = rules_of({item.site_id for item in items})
    verdicts = {
        item.pk: decide(read.facts(item), (plain(rule) for rule in rules[item.site_id]))
        for item in items
        if is_open(item, read)
    }
    write_verdicts(items, verdicts, rules, read, now=now)
    Item.objects.filter(pk__in=[item.pk for item in items]).update(sifted_at=now)
    return len(items)


def with_words(items: QuerySet[Item]) -> QuerySet[Item]:
    return items.annotate(words=Coalesce(Substr("snapshot__text", 1, READ), Value("")))


def is_open(item: Item, read: Read) -> bool:
    """Whether rules may still say something: what a person decided is decided."""
    if item.decided_in in read.by_people or item.state == State.DROPPED:
        return False
    return item.state != State.PUBLISHED or item.decided_in is None


def read_about(items: Sequence[int]) -> Read:
    """Three queries."""
    read = Read()
    for find in Find.objects.filter(item__in=items).exclude(source=None).select_related("source"):
        if find.source is not None:
            read.sources.setdefault(find.item_id, []).append(find.source)
    rows = ItemTopic.objects.filter(content_object__in=items)
    for item_id, slug in rows.values_list("content_object_id", "tag__slug"):
        read.topics.setdefault(item_id, set()).add(slug)
    said = Sifting.objects.filter(item__in=items)
    for item_id, rule_id, user_id, batch in said.values_list("item_id", "rule", "user", "batch"):
        if rule_id:
            read.applied.setdefault(item_id, set()).add(rule_id)
        if user_id:
            read.by_people.add(batch)
    return read


def rules_of(sites: Iterable[int]) -> dict[int, list[SiftRule]]:
    rules: dict[int, list[SiftRule]] = {site: [] for site in sites}
    for rule in SiftRule.objects.filter(site__in=rules, is_active=True):
        rules[rule.site_id].append(rule)
    return rules


def plain(rule: SiftRule) -> Rule:
    return Rule(
        id=rule.pk or 0,
        source=rule.source_id,
        any_words=lines(rule.any_words),
        all_words=lines(rule.all_words),
        only_title=rule.only_title,
        topic=topic_key(rule.topic),
        language=rule.language,
        least_finders=rule.least_finders,
        add_topics=split_topics(rule.add_topics),
        axis=rule.axis,
        depth=rule.depth,
        outcome=rule.outcome,
        snooze_days=rule.snooze_days,
        stops=rule.stops,
    )


def write_verdicts(
    items: Sequence[Item],
    verdicts: Mapping[int, Verdict],
    rules: Mapping[int, Sequence[SiftRule]],
    read: Read,
    *,
    now: datetime,
) -> None:
    known = {rule.pk: rule for some in rules.values() for rule in some}
    batch, changed, log = uuid4(), [], []
    for item in items:
        verdict = verdicts.get(item.pk)
        if verdict is None or not (verdict.applied or verdict.outcome):
            continue
        before = snapshot_of(item)
        sort_as(item, verdict)
        moved = place(item, verdict, batch=batch, now=now)
        changed.append(item)
        log += _told(item, verdict, known, read, batch=batch, moved=moved, before=before, now=now)
    Item.objects.bulk_update(changed, [*RESTORED, "axis", "depth"])
    free = [item for item in changed if TOPICS not in item.edited_fields]
    add_topics({item.pk: verdicts[item.pk].topics for item in free})
    Sifting.objects.bulk_create(log)
    _count(verdicts.values(), now=now)


def sort_as(item: Item, verdict: Verdict) -> None:
    """What a person or its source said stays."""
    for name, value in (("axis", verdict.axis), ("depth", verdict.depth)):
        if not getattr(item, name) and name not in item.edited_fields:
            setattr(item, name, value)


def place(item: Item, verdict: Verdict, *, batch: UUID, now: datetime) -> bool:
    if not verdict.outcome or (verdict.outcome == PUBLISH and item.state == State.PUBLISHED):
        return False
    if verdict.outcome == PUBLISH:
        show(item, now)
    elif verdict.outcome == DROP:
        item.state = State.DROPPED
    else:
        item.state = State.SNOOZED
        item.snoozed_until = now + timedelta(days=verdict.snooze_days)
    item.decided_at, item.decided_in = now, batch
    return True


def _told(
    item: Item,
    verdict: Verdict,
    known: Mapping[int, SiftRule],
    read: Read,
    *,
    batch: UUID,
    moved: bool,
    before: Mapping[str, object],
    now: datetime,
) -> list[Sifting]:
    """One row for each rule that applied; one for a source that publishes by itself."""
    told = []
    for pk in verdict.applied:
        decides = moved and pk == verdict.decided_by
        decision = OUTCOMES[verdict.outcome] if decides else Decision.SORT
        by = By(rule=known[pk])
        told.append(
            a_sifting(item, decision, by=by, batch=batch, before=before if decides else {}, now=now)
        )
    if moved and verdict.decided_by is None:
        sources = (str(one) for one in read.sources.get(item.pk, ()))
        by = By(because=next(sources, ""))
        told.append(a_sifting(item, Decision.PUBLISH, by=by, batch=batch, before=before, now=now))
    return told


def _count(verdicts: Iterable[Verdict], *, now: datetime) -> None:
    counts = Counter(pk for verdict in verdicts for pk in verdict.applied)
    if counts:
        cases = [When(pk=pk, then=F("matched") + count) for pk, count in counts.items()]
        SiftRule.objects.filter(pk__in=counts).update(
            matched=Case(*cases, default=F("matched"), output_field=PositiveIntegerField()),
            matched_at=now,
        )
