"""Why somebody may need a person: kinds of reasons, and who finds them. Rooms above enter theirs.

A kind says what tutors read; a source looks at every batch of posts that is screened and tells
which of them wait for a person.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.models import LiveEvent, NeedReason, Participant
from community.newcomers import is_newcomer
from microblog.models import Post

Params = Mapping[str, Any]
Settler = Callable[[Sequence[NeedReason]], Collection[int]]


@dataclass(frozen=True, slots=True)
class NeedKind:
    """`why(params)`: the sentence that tutors read. `of_person`: any answer to the person settles
    it, not only one to that very post. `instead_of`: kinds that say less about the same post."""

    name: str
    label: str | Promise
    why: Callable[[Params], str]
    of_person: bool = False
    instead_of: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    """Of tips that help with it, see community.tutoring.topics."""
    settled: "Settler | None" = None
    """Which of these reasons are met otherwise, by id: the level was passed, the riddle told."""


@dataclass(frozen=True, slots=True)
class FoundNeed:
    """A post that waits for a person, and why."""

    kind: str
    post: Post
    params: Params = field(default_factory=dict)
    shows_at: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Public posts that were just screened, of people who may be helped.

    people: by account id; ours: ids of our own accounts; events: the live event that a post was
    said in, by post id.
    """

    posts: Sequence[Post]
    people: Mapping[int, Participant]
    ours: frozenset[int]
    events: Mapping[int, LiveEvent]
    now: datetime

    def of_newcomers(self) -> list[Post]:
        return [
            post for post in self.posts if is_newcomer(self.people[post.author_id], now=self.now)
        ]


Source = Callable[[Batch], Iterable[FoundNeed]]

_kinds: dict[str, NeedKind] = {}
_sources: list[Source] = []


def enter_need_kind(kind: NeedKind) -> None:
    """Raises ValueError for a name that is taken."""
    if kind.name in _kinds:
        raise ValueError(f"two kinds of need are called {kind.name!r}")
    _kinds[kind.name] = kind


def enter_need_source(source: Source) -> None:
    """`source` takes a constant number of queries, whatever the size of the batch."""
    if source not in _sources:
        _sources.append(source)


def all_kinds() -> list[NeedKind]:
    return list(_kinds.values())


def kind_of(name: str) -> NeedKind:
    """One that nobody enters any more is still told, in general words."""
    return _kinds.get(name) or NeedKind(name, name, lambda _params: str(_SOMETHING), of_person=True)


_SOMETHING = _("Waits for a person.")


def find_needs(batch: Batch) -> list[FoundNeed]:
    """All reasons in this batch; of two that say the same, the one that says more."""
    found = [need for source in _sources for need in source(batch)] if batch.posts else []
    better = {(need.post.pk, less) for need in found for less in kind_of(need.kind).instead_of}
    return [need for need in found if (need.post.pk, need.kind) not in better]
