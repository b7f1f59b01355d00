"""Saving versions of a text: nothing is written over, whoever saves how often in how many
windows."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from wagtail.models import Site

from cms.contributing.content import Content, first_content
from cms.models import Contribution, ContributionDraft
from cms.models.contributions import next_version
from community.models import Participant

Origin = ContributionDraft.Origin
MOST_BY_ITSELF = 20
"""Of what was saved by itself the latest are kept; what its author saved stays."""


@dataclass(frozen=True, slots=True)
class Saved:
    """`other`: what another window or an editor wrote meanwhile. `draft` then stands beside it,
    without a number."""

    draft: ContributionDraft
    other: ContributionDraft | None = None


@transaction.atomic
def begin(
    author: Participant, *, kind: str, site: Site, language: str, ticket: UUID, now: datetime
) -> Contribution:
    """The text of this choice: made by this call, or by an earlier click."""
    contribution, made = Contribution.objects.get_or_create(
        ticket=ticket,
        defaults={"author": author, "kind": kind, "site": site, "changed_at": now},
    )
    if made:
        name = author.name if author.shows else ""
        content = first_content(kind, language=language, name=name)
        save_version(contribution, content, seen=0, now=now)
    return contribution


@transaction.atomic
def save_version(
    contribution: Contribution,
    content: Content,
    *,
    seen: int,
    now: datetime,
    origin: ContributionDraft.Origin = Origin.AUTHOR,
) -> Saved:
    """Keeps these words, written over the version `seen`; the latest version where it says the
    same."""
    row = Contribution.objects.select_for_update().get(pk=contribution.pk)
    contribution.version = row.version
    latest = ContributionDraft.latest(row)
    if latest and Content.of_json(latest.content) == content:
        return Saved(latest)
    if not next_version(contribution, seen=seen):
        return Saved(_keep(contribution, content, None, origin, now), other=latest)
    draft = _keep(contribution, content, contribution.version, origin, now)
    contribution.title, contribution.changed_at = content.title.strip()[:255], now
    contribution.save(update_fields=["title", "changed_at"])
    _thin_out(contribution)
    return Saved(draft)


def _keep(
    contribution: Contribution,
    content: Content,
    number: int | None,
    origin: ContributionDraft.Origin,
    now: datetime,
) -> ContributionDraft:
    return ContributionDraft.objects.create(
        contribution=contribution,
        number=number,
        origin=origin,
        content=content.to_json(),
        saved_at=now,
    )


def _thin_out(contribution: Contribution) -> None:
    by_itself = ContributionDraft.objects.filter(
        contribution=contribution, origin=Origin.BY_ITSELF
    ).exclude(number__in=[contribution.version, contribution.sent_version])
    old = by_itself.order_by("-id").values_list("pk", flat=True)[MOST_BY_ITSELF:]
    ContributionDraft.objects.filter(pk__in=list(old)).delete()


def latest_content(contribution: Contribution) -> Content:
    draft = ContributionDraft.latest(contribution)
    return Content.of_json(draft.content) if draft else Content()


def sent_content(contribution: Contribution) -> Content:
    """What its author last sent in."""
    sent = ContributionDraft.objects.filter(
        contribution=contribution, number=contribution.sent_version
    ).first()
    return Content.of_json(sent.content) if sent else Content()
