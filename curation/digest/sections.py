"""Who tells something in the letter: each room enters its own writer."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from wagtail.models import Site

from community.sites import base_url
from curation.models import Digest, DigestEntry


@dataclass(frozen=True, slots=True)
class Week:
    """What a letter is about: what happened in `since < moment <= until`, in one MOOC and for
    readers of one language."""

    site: Site
    language: str
    since: datetime
    until: datetime

    @property
    def root_url(self) -> str:
        """The site's own address, without a final slash."""
        return base_url(self.site.pk)


@dataclass(frozen=True, slots=True)
class Told:
    """One entry. `origin` says what it came from; `named` are the ids of the participants whom it
    thanks, `signer` whose words the text is; all agree to be shown."""

    section: DigestEntry.Section
    title: str
    text: str = ""
    url: str = ""
    credit: str = ""
    signature: str = ""
    signer: int | None = None
    origin: str = ""
    named: Sequence[int] = ()

    def to_row(self, position: int, *, of: Digest) -> DigestEntry:
        return DigestEntry(
            digest=of,
            sort_order=position,
            section=self.section,
            title=self.title[:300],
            text=self.text[:1000],
            url=self.url[:2000],
            credit=self.credit[:200],
            signature=self.signature[:200],
            signer=self.signer,
            origin=self.origin[:100],
            named=list(self.named),
        )


Writer = Callable[[Week], Iterable[Told]]
"""Asked in the letter's language, in a constant number of queries."""

_writers: dict[str, Writer] = {}


def enter_writer(key: str, writer: Writer) -> None:
    """Raises ValueError for a key that is taken."""
    if key in _writers:
        raise ValueError(f"two writers of the letter are called {key!r}")
    _writers[key] = writer


def all_told(week: Week) -> list[Told]:
    """What every room has to tell, part by part in the order of the sections."""
    order = {section: place for place, section in enumerate(DigestEntry.Section)}
    told = [one for writer in _writers.values() for one in writer(week)]
    return sorted(told, key=lambda one: order[one.section])
