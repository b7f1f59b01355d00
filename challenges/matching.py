"""Which challenge a post belongs to, and whether it counts at all. Pure: all is handed in."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from challenges.catalogue import Challenge
from challenges.facts import Reading
from challenges.models import Screening
from community.models import Participant
from community.models.people import Consent
from microblog.gateways.base import Visibility
from microblog.hashtags import bare
from microblog.models import Post

Match, Detector = Screening.Match, Screening.Detector
_NEVER = datetime.min.replace(tzinfo=UTC)
Near = Collection[int | None]
"""The sites of the MOOCs that a post was said to."""
NOWHERE: Near = frozenset()
_PRIVATE = {Visibility.FOLLOWERS.value, Visibility.DIRECT.value}


@dataclass(frozen=True, slots=True)
class Atlas:
    """Where challenges are.

    launches: the posts that began a round → the challenge and when; launched: each challenge's
    latest round; mooc_hashtags: the site's own, bare, which belong to no challenge.
    """

    challenges: Mapping[UUID, Challenge]
    launches: Mapping[int, tuple[UUID, datetime]] = field(default_factory=dict)
    launched: Mapping[UUID, datetime] = field(default_factory=dict)
    mooc_hashtags: frozenset[str] = frozenset()

    def latest(self, found: Iterable[Challenge], near: Near = NOWHERE) -> Challenge | None:
        """Of several, one of the MOOC that the post was said to, then an open one before a closed
        one, then the one that was launched last."""
        return max(
            found,
            key=lambda one: (
                one.site_id in near,
                one.is_open,
                self.launched.get(one.key, _NEVER),
            ),
            default=None,
        )


@dataclass(frozen=True, slots=True)
class Ruling:
    """What was decided about a post; `detector` says how its challenge was found."""

    match: Screening.Match
    challenge: Challenge | None = None
    detector: str = ""
    challenge_key: UUID | None = None


def decide(
    post: Post,
    reading: Reading,
    atlas: Atlas,
    *,
    author_is_ours: bool = False,
    participant: Participant | None = None,
    before: Screening | None = None,
    embarks: bool = False,
    near: Near = NOWHERE,
) -> Ruling:
    """`before`: the last decision; what a person decided about a post stays decided."""
    if left_out := _left_out(post, reading, author_is_ours, participant):
        return Ruling(left_out)
    if before and before.decision == Match.DETACHED:
        return Ruling(Match.DETACHED, detector=Detector.BY_HAND, challenge_key=before.challenge_key)
    if before and before.detector == Detector.BY_HAND and before.challenge_key:
        return _by_hand(before.challenge_key, atlas)
    if post.author.is_bot:
        return Ruling(Match.BOT)
    found = match_challenge(reading, atlas, near)
    if found is None:
        return Ruling(Match.EMBARKED if embarks else Match.NO_CHALLENGE)
    challenge, detector = found
    match = Match.MATCHED if challenge.is_open else Match.CLOSED
    return Ruling(match, challenge, detector, challenge.key)


def _left_out(
    post: Post, reading: Reading, author_is_ours: bool, participant: Participant | None
) -> Screening.Match | None:
    if post.deleted_at:
        return Match.DELETED
    if author_is_ours:
        return Match.OURS
    if participant and participant.consent == Consent.NOTHING:
        return Match.REFUSED
    if post.visibility in _PRIVATE and not reading.speaks_to_us:
        return Match.NOT_PUBLIC
    return None


def _by_hand(key: UUID, atlas: Atlas) -> Ruling:
    """An organiser put it there: it counts while the challenge can be read, closed or not."""
    challenge = atlas.challenges.get(key)
    match = Match.MATCHED if challenge else Match.CLOSED
    return Ruling(match, challenge, Detector.BY_HAND, key)


def match_challenge(
    reading: Reading, atlas: Atlas, near: Near = NOWHERE
) -> tuple[Challenge, Screening.Detector] | None:
    """By the thread, else by a link to the challenge's page, else by its hashtags."""
    if challenge := _by_thread(reading, atlas):
        return challenge, Detector.THREAD
    if challenge := _by_link(reading, atlas):
        return challenge, Detector.LINK
    if challenge := _by_hashtag(reading, atlas, near):
        return challenge, Detector.HASHTAG
    return None


def _by_thread(reading: Reading, atlas: Atlas) -> Challenge | None:
    rounds = [atlas.launches[post] for post in reading.above if post in atlas.launches]
    rounds = [(key, when) for key, when in rounds if key in atlas.challenges]
    if not rounds:
        return None
    key, _when = max(rounds, key=lambda launch: launch[1])
    return atlas.challenges[key]


def _by_link(reading: Reading, atlas: Atlas) -> Challenge | None:
    """A link alone may only pass the challenge on; said to us or to the MOOC, it is an answer."""
    to_the_mooc = not atlas.mooc_hashtags.isdisjoint(bare(reading.facts.hashtags))
    if not reading.facts.links or not (reading.speaks_to_us or to_the_mooc):
        return None
    return atlas.latest(
        challenge
        for challenge in atlas.challenges.values()
        if any(challenge.is_linked_by(link) for link in reading.facts.links)
    )


def _by_hashtag(reading: Reading, atlas: Atlas, near: Near) -> Challenge | None:
    said = bare(reading.facts.hashtags) - atlas.mooc_hashtags
    return atlas.latest(
        (one for one in atlas.challenges.values() if one.hashtags & said),
        near,
    )


@dataclass(frozen=True, slots=True)
class Screened:
    """A post with what was decided about it, now and the last time."""

    post: Post
    reading: Reading
    ruling: Ruling
    before: Screening | None = None
    embarks: bool = False

    @property
    def counts(self) -> bool:
        return self.ruling.match == Match.MATCHED

    @property
    def is_remark(self) -> bool:
        """Said to somebody else in a launch's thread: it may hit upon the answer, but what it lacks
        is nobody's business."""
        facts = self.reading.facts
        return (
            self.ruling.detector == Screening.Detector.THREAD
            and facts.is_reply
            and not (facts.parent_is_ours or self.reading.speaks_to_us)
            and len(facts.thread) < 2
        )

    @property
    def is_unchanged(self) -> bool:
        """The words are those that were judged the last time."""
        return self.before is not None and self.before.fingerprint == self.post.fingerprint
