"""Proposing: by a form, or by a post with the hashtag for it; once, however often it is sent."""

import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import override

from challenges.models import ChallengePage, Proposal
from challenges.proposals.pages import Idea, NoPlace, draft_page, write_idea
from community.models import Consent, Participant, User
from community.moocs import Moocs
from community.people import participants_of
from microblog.doorbells import ring
from microblog.gateways.base import Visibility
from microblog.hashtags import bare, normalised
from microblog.models import Post

logger = logging.getLogger(__name__)

BATCH = 20
MOST_ATTEMPTS = 5
LONGEST_TITLE = 80
MOST_WAITING = 10
"""Ideas heard of one person that wait at once: each makes a draft that somebody must read."""
UNDECIDED = (Proposal.State.HEARD, Proposal.State.WAITING, Proposal.State.RETURNED)
OPEN = {Visibility.PUBLIC.value, Visibility.UNLISTED.value}
_FIRST_SENTENCE = re.compile(r"^.{8,}?[.!?…](?=\s|$)")
_SIGNS = re.compile(r"[#@]\S+|https?://\S+")


@transaction.atomic
def propose(idea: Idea, *, by: Participant, ticket: UUID, site_id: int | None = None) -> Proposal:
    """The proposal of this form, to a MOOC: made by this call, or by an earlier click. Raises
    NoPlace."""
    proposal, made = Proposal.objects.get_or_create(
        ticket=ticket,
        defaults={"proposer": by, "title": idea.title, "state": Proposal.State.WAITING},
    )
    if made:
        proposal.page = draft_page(idea, by=by, site_id=site_id)
        proposal.save(update_fields=["page"])
        _submit(proposal.page, by.user)
    return proposal


@transaction.atomic
def propose_again(proposal: Proposal, idea: Idea) -> bool:
    """What came back, with other words; False where somebody decided meanwhile."""
    returned = Proposal.objects.filter(pk=proposal.pk, state=Proposal.State.RETURNED)
    if not returned.update(state=Proposal.State.WAITING, title=idea.title):
        return False
    if proposal.page is None:
        return False
    page = proposal.page.specific.get_latest_revision_as_object()
    write_idea(page, idea)
    page.save_revision(user=proposal.proposer.user)
    state = page.current_workflow_state
    if state is not None:
        state.resume(user=proposal.proposer.user)
    else:
        _submit(page, proposal.proposer.user)
    return True


def withdraw(proposal: Proposal, *, now: datetime) -> bool:
    """Its author thinks otherwise; the draft stays with the organisers, unpublished."""
    open_ = Proposal.objects.filter(
        pk=proposal.pk, state__in=[Proposal.State.WAITING, Proposal.State.RETURNED]
    )
    moved = open_.update(state=Proposal.State.WITHDRAWN, decided_at=now)
    if moved and proposal.page and (state := proposal.page.specific.current_workflow_state):
        state.cancel()
    return bool(moved)


def _submit(page: ChallengePage, user: User | None) -> None:
    page.save_revision(user=user)
    workflow = page.get_workflow()
    if workflow is not None:
        workflow.start(page, user)


def proposal_hashtags() -> frozenset[str]:
    """Those that make a post a proposal, of all MOOCs, normalised."""
    return normalised(mooc.proposal_hashtags for mooc in Moocs.read().all)


def hear_proposals(posts: Sequence[Post]) -> None:
    """Note those of a batch that bear the hashtag for proposals, once a post. Constant queries."""
    wanted = bare(proposal_hashtags())
    heard = [
        post
        for post in posts
        if wanted & bare(post.hashtags) and post.visibility in OPEN and not post.deleted_at
    ]
    if not heard:
        return
    people = participants_of(post.author for post in heard)
    made = Proposal.objects.bulk_create(_new_proposals(heard, people), ignore_conflicts=True)
    if made:
        ring("propose")


def _new_proposals(posts: Iterable[Post], people: Mapping[int, Participant]) -> Iterator[Proposal]:
    """Not of those who want nothing kept, nor of whom enough waits for organisers already."""
    open_ones = Proposal.objects.filter(proposer__in=people.values(), state__in=UNDECIDED)
    waiting = Counter(open_ones.values_list("proposer", flat=True))
    for post in posts:
        person = people[post.author_id]
        if person.consent != Consent.NOTHING and waiting[person.pk] < MOST_WAITING:
            waiting[person.pk] += 1
            yield Proposal(proposer=person, post=post)


def draft_heard(now: datetime) -> int:
    """Make drafts of proposals that were heard; returns how many rows moved."""
    waiting = Proposal.objects.to_draft().filter(attempts__lt=MOST_ATTEMPTS)
    numbers = list(waiting.order_by("pk").values_list("pk", flat=True)[:BATCH])
    return sum(_draft(number, now) for number in numbers)


def _draft(number: int, now: datetime) -> int:
    claimed = Proposal.objects.to_draft().filter(pk=number, attempts__lt=MOST_ATTEMPTS)
    if not claimed.update(attempts=F("attempts") + 1):
        return 0
    try:
        with transaction.atomic():
            return _draft_in_peace(number, now)
    except NoPlace as error:
        logger.warning("Proposal %s can't be drafted: %s", number, error)
        return 0


def _draft_in_peace(number: int, now: datetime) -> int:
    locked = Proposal.objects.to_draft().select_for_update(skip_locked=True, of=("self",))
    proposal = locked.select_related("post", "proposer__user").filter(pk=number).first()
    if proposal is None:
        return 0
    post = proposal.post
    if post is None or post.deleted_at:
        proposal.state, proposal.decided_at = Proposal.State.WITHDRAWN, now
        proposal.save(update_fields=["state", "decided_at"])
        return 1
    idea = idea_of(post, proposal.proposer)
    proposal.page = draft_page(idea, by=proposal.proposer, site_id=_said_to(post))
    proposal.title = idea.title
    proposal.state = Proposal.State.WAITING
    proposal.save(update_fields=["page", "title", "state"])
    _submit(proposal.page, proposal.proposer.user)
    return 1


def _said_to(post: Post) -> int | None:
    """The site of the MOOC that it was proposed to."""
    moocs = Moocs.read()
    if moocs.is_one:
        return None
    asked = bare(post.hashtags)
    homes = moocs.of_posts([post])[post.pk]
    if moocs.of_hashtags(post.hashtags):
        return homes[0].site_id
    own = [mooc for mooc in moocs.all if asked & bare(normalised([mooc.proposal_hashtags]))]
    return (own if len(own) == 1 else homes)[0].site_id


def idea_of(post: Post, proposer: Participant) -> Idea:
    """A post read as an idea: its first sentence is the title. Organisers find its pictures on the
    post, and ask before they take one."""
    language = (post.language or proposer.language).partition("-")[0]
    words = " ".join(_SIGNS.sub("", post.text).split())
    with override(language or None):
        first = _FIRST_SENTENCE.match(words)
        title = (first[0] if first else words)[:LONGEST_TITLE].strip() or _("An idea")
    return Idea(title=title, intro=words[:300] or title, task=words, language=language)
