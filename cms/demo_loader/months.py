"""The months before the story: people who came, talked and came back, so that there is something to
count. Their past is written as rows that were answered long ago; the engine only counts them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from random import Random

from cms.demo_loader.ledger import Ledger
from cms.demo_loader.reading import Demo, Fields
from community.figures.drawing import draw
from community.figures.tallying import tally
from community.models import AccountLink, Consent, Help, Participant
from microblog.fingerprints import fingerprint_words
from microblog.models import Account, Post, PostHashtag
from microblog.networks import Network
from microblog.text import Reading, read_text, render_text
from microblog.timeline.identity import open_practice_account

SEED = 2014
WEEKS = 26
FIRST_TO_COME = 10
TALKS_A_WEEK = range(4, 9)
BEFORE_THE_STORY = timedelta(days=6)
"""Nothing of it stands among what the story tells."""
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Line:
    """Something said in a talk, after the line before it. `helps`: the next line says so."""

    by: int
    at: datetime
    text: str
    language: str
    helps: bool = False


Talk = Sequence[Line]


def load_months(demo: Demo, ledger: Ledger, now: datetime) -> int:
    """Returns how many items are new: one, for all of them together."""
    made = ledger.load("months", _live, demo.months, ledger.moment("story", now))
    while made and tally(now):
        continue
    if made:
        draw(now)
    return made


def _live(words: Fields, began: datetime) -> Account:
    chance = Random(SEED)  # noqa: S311 - so that the months are always the same
    people = [_open_account(number, name) for number, name in enumerate(words["people"], 1)]
    talks = list(_talks(words, len(people), began - BEFORE_THE_STORY, chance))
    _arrive(people, talks)
    before: dict[int, Post] = {}
    for turn in range(max(map(len, talks))):
        lines = {place: talk[turn] for place, talk in enumerate(talks) if turn < len(talk)}
        before = _say(lines, people, before)
    return people[0]


def _talks(words: Fields, people: int, end: datetime, chance: Random) -> Iterator[Talk]:
    """Each week a few talks; whoever comes begins one, and those who are there answer."""
    came = 0
    for week in range(WEEKS):
        monday = end - timedelta(weeks=WEEKS - week)
        here = FIRST_TO_COME + (people - FIRST_TO_COME) * week // (WEEKS - 1)
        for number in range(max(here - came, chance.choice(TALKS_A_WEEK))):
            opener = came + number if came + number < here else chance.randrange(here)
            at = monday + timedelta(minutes=chance.randrange(7 * 24 * 60))
            hosts = range(came or here)
            yield _talk(words, opener, chance.sample(hosts, 3), at, chance)
        came = here


def _talk(
    words: Fields, opener: int, others: Sequence[int], at: datetime, chance: Random
) -> list[Line]:
    language = "en" if opener % 5 == 4 else "fr"
    told = words[language]
    answerer, second, _third = [one for one in (*others, 0, 1, 2) if one != opener][:3]
    opening = f"{chance.choice(told['openings'])} {chance.choice(told['details'])}"
    answered = at + MINUTE * round(chance.lognormvariate(3.4, 1.3))
    thanks, last = chance.random() < 0.6, chance.random()
    lines = [Line(opener, at, opening, language)]
    if last < 0.9:
        text = chance.choice(told["answers"])
        lines.append(Line(answerer, answered, text, language, helps=thanks))
    if last < 0.9 and thanks:
        text = chance.choice(told["replies"])
        lines.append(Line(opener, answered + 7 * MINUTE, text, language))
    if last < 0.3 and thanks:
        text = chance.choice(told["answers"])
        lines.append(Line(second, answered + 40 * MINUTE, text, language))
    return lines


def _open_account(number: int, name: str) -> Account:
    return open_practice_account(None, handle=f"envolee{number}", display_name=name)


def _arrive(people: Sequence[Account], talks: Sequence[Talk]) -> None:
    """With their first word. Every third has not come aboard; every fourth is counted, not
    shown."""
    first: dict[int, datetime] = {}
    for line in sorted((line for talk in talks for line in talk), key=lambda line: line.at):
        first.setdefault(line.by, line.at)
    made = Participant.objects.bulk_create(
        Participant(
            name=account.display_name,
            consent=Consent.COUNT if number % 4 == 3 else Consent.SHOW,
            embarked_at=None if number % 3 == 2 else first.get(number),
            first_seen_at=first.get(number, talks[0][0].at),
        )
        for number, account in enumerate(people)
    )
    AccountLink.objects.bulk_create(
        AccountLink(account=account, participant=person, proof=AccountLink.Proof.HEARD)
        for account, person in zip(people, made, strict=True)
    )


def _say(
    lines: Mapping[int, Line], people: Sequence[Account], before: Mapping[int, Post]
) -> dict[int, Post]:
    """One turn of all talks; each line answers what was said in its talk before."""
    said = {place: _post(people[one.by], one, before.get(place)) for place, one in lines.items()}
    Post.objects.bulk_create(said.values())
    PostHashtag.objects.bulk_create(
        PostHashtag.of(post, hashtag) for post in said.values() for hashtag in post.hashtags
    )
    links = AccountLink.objects.filter(account__in=people)
    persons = dict(links.values_list("account_id", "participant_id"))
    Help.objects.bulk_create(
        Help(
            reply=post,
            helper_id=persons[post.author_id],
            helped_id=persons[before[place].author_id],
            topic=Help.Topic.QUESTION,
            confirmed_at=post.said_at,
            confirmed_by=Help.Confirmation.THANKS,
            credited_at=post.said_at,
            counts=True,
        )
        for place, post in said.items()
        if lines[place].helps and post.author_id != before[place].author_id
    )
    return said


def _post(author: Account, line: Line, parent: Post | None) -> Post:
    reading, html, fingerprint = _read(line.text, line.language)
    address = f"{author.uri}/{int(line.at.timestamp() * 1000) << 16}"
    return Post(
        network=Network.PRACTICE,
        uri=address,
        url=address,
        author=author,
        text=line.text,
        html=html,
        language=line.language,
        hashtags=reading.hashtags,
        parent=parent,
        parent_uri=parent.uri if parent else "",
        root_id=parent.thread_id if parent else None,
        said_at=line.at,
        fingerprint=fingerprint,
        answered_fingerprint=fingerprint,
    )


@cache
def _read(text: str, language: str) -> tuple[Reading, str, str]:
    reading = read_text(text)
    fingerprint = fingerprint_words(text=text, language=language, hashtags=reading.hashtags)
    return reading, render_text(reading, frozenset()), fingerprint
