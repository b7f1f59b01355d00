"""The whole demo, part by part, in the order in which the parts need each other."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from cms.demo_loader.badges import load_badges
from cms.demo_loader.bank import load_bank
from cms.demo_loader.challenges import load_challenges
from cms.demo_loader.chats import load_chats
from cms.demo_loader.house import load_house
from cms.demo_loader.ledger import Ledger
from cms.demo_loader.letters import load_letters
from cms.demo_loader.lexicon import load_lexicon
from cms.demo_loader.live import load_live
from cms.demo_loader.months import load_months
from cms.demo_loader.photos import load_photos
from cms.demo_loader.picks import load_picks
from cms.demo_loader.reading import Demo
from cms.demo_loader.reference import load_kits, load_reference
from cms.demo_loader.stories import load_stories
from cms.demo_loader.story import tell_story
from cms.demo_loader.tips import load_tips
from cms.demo_loader.tools import load_tools
from cms.demo_loader.tutorials import load_tutorials, load_ways_on
from cms.demo_loader.tutors import load_tutors
from cms.demo_loader.voices import load_voices
from cms.demo_loader.words import load_words

Load = Callable[[Demo, Ledger, datetime], int]

CONTENT: Mapping[str, Load] = {
    "photos": lambda demo, ledger, _now: load_photos(demo, ledger),
    "house": load_house,
    "tutorials": load_tutorials,
    "challenges": load_challenges,
    "ways on": lambda demo, ledger, _now: load_ways_on(demo, ledger),
    "tools": load_tools,
    "pages": load_words,
    "lexicon": load_lexicon,
    "reference": load_reference,
    "kits": load_kits,
    "badges": lambda demo, ledger, _now: load_badges(demo, ledger),
    "tips": lambda demo, ledger, _now: load_tips(demo, ledger),
}
COMMUNITY = "community"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a part is: new items so far. `of` is 0 where that isn't known before."""

    part: str
    made: int
    done: int = 0
    of: int = 0
    is_finished: bool = True


def load_demo(*, now: datetime, with_people: bool, demo: Demo | None = None) -> Iterator[Progress]:
    """Raises DemoRefused where the site has pages of its own."""
    demo, ledger = demo or Demo(), Ledger()
    for name, load in CONTENT.items():
        yield Progress(name, load(demo, ledger, now))
    if with_people:
        yield from _load_community(demo, ledger, now)


def _load_community(demo: Demo, ledger: Ledger, now: datetime) -> Iterator[Progress]:
    made = 0
    for done, (made, scenes) in enumerate(tell_story(demo, ledger, now), 1):
        if made:
            yield Progress(COMMUNITY, made, done, scenes, is_finished=False)
    yield Progress(COMMUNITY, made)
    yield Progress("stories", load_stories(demo, ledger, now))
    yield Progress("live events", load_live(demo, ledger, now))
    yield Progress("chats", load_chats(demo, ledger, now))
    yield Progress("tutors", load_tutors(ledger, now))
    yield Progress("months", load_months(demo, ledger, now))
    yield Progress("bank", load_bank(demo, ledger, now))
    yield Progress("reading", load_picks(demo, ledger, now))
    yield Progress("letters", load_letters(demo, ledger, now))
    yield Progress("voices", load_voices(demo, ledger, now))
