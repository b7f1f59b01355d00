"""What editors made of a text, and how much of it its author has seen."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.db import transaction

from cms.contributing.content import Content, with_places_of
from cms.contributing.drafting import Origin, latest_content, save_version, sent_content
from cms.contributing.page_blocks import raw
from cms.contributing.pages import AnyPage, pictures_of, read_page, step_as_read, write_page
from cms.models import Contribution, ContributionDraft, TutorialPage


def page_of(contribution: Contribution) -> AnyPage | None:
    """With what was changed since it was published."""
    if contribution.page is None:
        return None
    return cast(AnyPage, contribution.page.get_latest_revision_as_object())


def edited_content(contribution: Contribution) -> Content | None:
    """The page as editors left it, where it isn't what its author sent in any more."""
    page = page_of(contribution)
    if page is None or not contribution.sent_version:
        return None
    told = read_page(page, contribution, before=sent_content(contribution))
    return None if told.says_the_same(as_it_was_sent(contribution)) else told


def as_it_was_sent(contribution: Contribution) -> Content:
    """What its author last sent in, read back from a page like what editors left: a list may be
    typed in several ways."""
    sent, page = sent_content(contribution), page_of(contribution)
    if page is None:
        return sent
    write_page(page, sent, by=contribution.author, pictures=pictures_of(contribution))
    return with_places_of(read_page(page, contribution, before=sent), sent)


@dataclass(frozen=True, slots=True)
class TakenUp:
    """`beside`: what its author had written meanwhile; None where editors alone wrote."""

    beside: ContributionDraft | None


@transaction.atomic
def take_up_changes(contribution: Contribution, *, now: datetime) -> TakenUp | None:
    """What editors changed becomes the version that its author goes on with; None where there is
    nothing that its author hasn't seen. From now on they have seen it."""
    edited = unseen_changes(contribution)
    _remember_as_seen(contribution)
    if edited is None:
        return None
    mine, sent = ContributionDraft.latest(contribution), sent_content(contribution)
    save_version(contribution, edited, seen=contribution.version, now=now, origin=Origin.EDITORS)
    wrote = mine is not None and not Content.of_json(mine.content).says_the_same(sent)
    return TakenUp(mine if wrote else None)


def unseen_changes(contribution: Contribution) -> Content | None:
    """The page as editors left it, where no version since it was sent in says the same, or where
    its author takes out what editors have just changed."""
    edited = edited_content(contribution)
    if edited is not None:
        since = ContributionDraft.objects.filter(
            contribution=contribution, number__gte=contribution.sent_version
        )
        told = map(Content.of_json, since.values_list("content", flat=True))
        if not any(map(edited.says_the_same, told)):
            return edited
    return as_editors_left_it(contribution) if _takes_out_unseen(contribution) else None


def as_editors_left_it(contribution: Contribution) -> Content | None:
    page = page_of(contribution)
    return page and read_page(page, contribution, before=sent_content(contribution))


def _takes_out_unseen(contribution: Contribution) -> bool:
    """Whether a step is missing in what its author goes on with that isn't what it was when they
    last looked: in its words, or in what editors alone can change (networks, words for a
    picture)."""
    page, seen = page_of(contribution), contribution.seen_revision
    if not isinstance(page, TutorialPage) or seen in (None, page.latest_revision_id):
        return False
    revision = page.revisions.filter(pk=seen).first()
    before = _steps_on(revision.as_object()) if revision else {}
    kept = {part.block for part in latest_content(contribution).parts}
    now = {id: told for id, told in _steps_on(page).items() if id not in kept}
    return any(told != before.get(id) for id, told in now.items())


def _steps_on(page: TutorialPage) -> dict[str, Any]:
    found = [one for one in raw(page.steps) if one["type"] == "step"]
    return {str(one["id"]): step_as_read(one["value"]) for one in found}


def _remember_as_seen(contribution: Contribution) -> None:
    page = page_of(contribution)
    latest = page.latest_revision_id if page else None
    if contribution.seen_revision != latest:
        contribution.seen_revision = latest
        Contribution.objects.filter(pk=contribution.pk).update(seen_revision=latest)
