"""What was found about newcomers' posts: verdicts, as the rooms above enter them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from microblog.models import Post


@dataclass(frozen=True, slots=True)
class Remark:
    """As `_partials/verdict.html` shows it; `rules`: keys of those that are missing."""

    state: str
    title: str
    lines: Sequence[str] = ()
    rules: Sequence[str] = ()


Source = Callable[[Sequence[Post]], Mapping[int, Remark]]
_sources: list[Source] = []


def enter_remark_source(source: Source) -> None:
    """By post id, in a constant number of queries."""
    if source not in _sources:
        _sources.append(source)


def remarks_of(posts: Sequence[Post]) -> dict[int, Remark]:
    found: dict[int, Remark] = {}
    for source in _sources if posts else ():
        found |= source(posts)
    return found
