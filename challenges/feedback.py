"""Promises an answer to every post that counts, with the manners expected of a machine."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, F, QuerySet

from challenges.answering import Passed, passed_levels
from challenges.catalogue import all_challenges
from challenges.models import Screening, Submission
from challenges.words import Feedback, write_feedback
from community.manners import HourlyRoom, current_mooc, language_for
from community.models import MoocSettings, Participant
from community.people import known_participants
from microblog.answering import answering_connections, answering_visibility
from microblog.models import Connection, Follow, Mention, OutboxPost, Post
from microblog.promising import enqueue_posts
from microblog.steps import Backlog
from rulebook import Outcome

BATCH = 200
DAY = timedelta(days=1)
Silence = Screening.Silence


def promise_feedback(now: datetime) -> int:
    """Answer one batch of verdicts, or write down why not; returns how many it held."""
    with transaction.atomic():
        rows = list(
            _ready()
            .order_by("pk")
            .select_related("post__author", "post__parent")
            .select_for_update(skip_locked=True, of=("self",))[:BATCH]
        )
        if rows:
            _tell(rows, now)
    return len(rows)


def backlog(now: datetime) -> Backlog:
    waiting = _ready().order_by("pk")
    return Backlog(waiting.count(), waiting.values_list("screened_at", flat=True).first())


def _ready() -> QuerySet[Screening]:
    """A post that was edited since its verdict is judged anew before anything is said about it."""
    untold = Screening.objects.untold()
    return untold.filter(fingerprint=F("post__fingerprint"), post__deleted_at=None)


def feedback_key(post: Post) -> str:
    return f"feedback:{post.pk}"


def _tell(rows: Sequence[Screening], now: datetime) -> None:
    desk = _Desk.of(rows, now)
    promises = []
    for row in rows:
        outcome = desk.outcome(row)
        row.silence = desk.silence(row, outcome) or ""
        row.told_fingerprint = row.fingerprint
        if outcome and not row.silence:
            promises.append(desk.promise(row, outcome))
    enqueue_posts(promises)
    Screening.objects.bulk_update(rows, ["told_fingerprint", "silence"])


@dataclass(slots=True)
class _Desk:
    """All that answering a batch needs to know, read at once."""

    now: datetime
    mooc: MoocSettings
    feedback: dict[int, Feedback]  # by post id
    people: dict[int, Participant]  # by account id
    connections: dict[int, Connection]  # by post id
    ours: set[int]
    addressed: set[int]  # posts that mention an account of ours
    followers: set[int]  # accounts that follow one of ours
    promised: set[str]  # keys of what was promised before
    today: Counter[int]  # answers to each account in the last day
    room: HourlyRoom

    @classmethod
    def of(cls, rows: Sequence[Screening], now: datetime) -> "_Desk":
        posts = [row.post for row in rows]
        authors = {post.author_id for post in posts}
        people = known_participants(authors)
        passed = passed_levels(people, {row.challenge_key for row in rows})
        ours = set(Connection.objects.values_list("account_id", flat=True))
        mooc = current_mooc()
        mentions = Mention.objects.filter(post__in=posts, account__in=ours)
        follows = Follow.objects.filter(follower__in=authors, followed__in=ours)
        keys = OutboxPost.objects.filter(key__in=[feedback_key(post) for post in posts])
        return cls(
            now=now,
            mooc=mooc,
            feedback=_gather(rows, people, passed),
            people=people,
            connections=answering_connections(posts),
            ours=ours,
            addressed=set(mentions.values_list("post_id", flat=True)),
            followers=set(follows.values_list("follower_id", flat=True)),
            promised=set(keys.values_list("key", flat=True)),
            today=_answers_today(authors, now),
            room=HourlyRoom(mooc, now=now),
        )

    def outcome(self, row: Screening) -> Outcome | None:
        feedback = self.feedback.get(row.post_id)
        return feedback.outcome if feedback else None

    def silence(self, row: Screening, outcome: Outcome | None) -> Silence | None:
        """Why nothing is said, if so."""
        post = row.post
        if outcome is None:
            return Silence.NOTHING_NEW
        if post.author.refuses_bots:
            return Silence.REFUSES_BOTS
        if not self._asked(post):
            return Silence.NOT_ASKED
        if outcome is Outcome.NOT_YET and not self.mooc.answers_not_yet:
            return Silence.NOT_WANTED
        if outcome is Outcome.NOT_YET and self._is_among_people(row):
            return Silence.AMONG_PEOPLE
        if post.pk not in self.connections:
            return Silence.NO_WAY
        return self._enough(post)

    def _enough(self, post: Post) -> Silence | None:
        if feedback_key(post) in self.promised:
            return None
        if self.today[post.author_id] >= self.mooc.answers_per_person_per_day:
            return Silence.ENOUGH_TODAY
        return None if self.mooc.answers_per_hour else Silence.NOT_WANTED

    def _asked(self, post: Post) -> bool:
        """They spoke to us, follow us, came aboard or have a login here: they want to hear us."""
        person = self.people.get(post.author_id)
        return (
            post.pk in self.addressed
            or post.author_id in self.followers
            or self._answers_us(post)
            or bool(person and (person.embarked_at or person.user_id))
        )

    def _answers_us(self, post: Post) -> bool:
        return bool(post.parent and post.parent.author_id in self.ours)

    def _is_among_people(self, row: Screening) -> bool:
        """A remark to somebody else in a launch's thread: no place for corrections by a machine."""
        in_thread = row.detector == Screening.Detector.THREAD
        return in_thread and row.post_id not in self.addressed and not self._answers_us(row.post)

    def promise(self, row: Screening, outcome: Outcome) -> OutboxPost:
        post, key = row.post, feedback_key(row.post)
        connection = self.connections[post.pk]
        language = language_for(self.people.get(post.author_id), post, connection)
        if key in self.promised:
            due_at = self.now
        else:
            due_at = self.room.take() or self.now
            self.today[post.author_id] += 1
        return OutboxPost(
            key=key,
            kind=OutboxPost.Kind.FEEDBACK,
            connection=connection,
            lane=f"account:{post.author_id}",
            recipient=post.author,
            in_reply_to=post,
            is_answer=True,
            text=write_feedback(
                self.feedback[post.pk], language=language, limit=connection.character_limit
            ),
            language=language,
            visibility=answering_visibility(post, quiet=outcome is not Outcome.ACCEPTED).value,
            created_at=self.now,
            due_at=due_at,
        )


def _gather(
    rows: Sequence[Screening], people: dict[int, Participant], passed: Passed
) -> dict[int, Feedback]:
    """What there is to say about each post that is an answer to something, by post id."""
    challenges = {challenge.key: challenge for challenge in all_challenges()}
    answers: dict[int, list[Submission]] = {}
    found = Submission.objects.filter(post__in=[row.post_id for row in rows])
    for answer in found.order_by("level_number"):
        answers.setdefault(answer.post_id, []).append(answer)
    feedback = {}
    for row in rows:
        challenge = challenges.get(row.challenge_key) if row.challenge_key else None
        own = [
            one for one in answers.get(row.post_id, ()) if one.challenge_key == row.challenge_key
        ]
        if challenge and own:
            person = people.get(row.post.author_id)
            done = passed[person.pk, challenge.key] if person else set()
            feedback[row.post_id] = Feedback(row.post, challenge, tuple(own), frozenset(done))
    return feedback


def _answers_today(authors: set[int], now: datetime) -> Counter[int]:
    answers = OutboxPost.objects.filter(
        kind=OutboxPost.Kind.FEEDBACK, recipient__in=authors, created_at__gt=now - DAY
    )
    counts = answers.order_by().values("recipient").annotate(count=Count("pk"))
    return Counter(dict(counts.values_list("recipient", "count")))
