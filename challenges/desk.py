"""All that is known when the bot answers: who may be spoken to, where, when and in which words."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from challenges.answering import passed_levels
from challenges.catalogue import all_challenges
from challenges.models import Question, Screening, Submission
from challenges.words import Feedback, write_feedback
from community.manners import HourlyRoom, current_mooc, language_for, next_waking
from community.models import MoocSettings, Participant
from community.people import known_participants
from microblog.answering import answering_connections, answering_visibility
from microblog.models import Connection, Follow, Mention, OutboxPost, Post
from rulebook import Outcome

DAY = timedelta(days=1)
Silence = Screening.Silence


def feedback_key(post: Post) -> str:
    return f"feedback:{post.pk}"


@dataclass(slots=True)
class Desk:
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
    questions: dict[int, Question]  # by post id
    today: Counter[int]  # answers to each account in the last day
    room: HourlyRoom

    @classmethod
    def of(
        cls, rows: Sequence[Screening], *, now: datetime, only: Submission | None = None
    ) -> "Desk":
        """Rows come with `post__author` and `post__parent`. `only`: speak of this answer alone."""
        posts = [row.post for row in rows]
        authors = {post.author_id for post in posts}
        people = known_participants(authors)
        ours = set(Connection.objects.values_list("account_id", flat=True))
        mooc = current_mooc()
        mentions = Mention.objects.filter(post__in=posts, account__in=ours)
        follows = Follow.objects.filter(follower__in=authors, followed__in=ours)
        promises = OutboxPost.objects.filter(key__in=[feedback_key(post) for post in posts])
        questions = {one.post_id: one for one in Question.objects.filter(post__in=posts)}
        return cls(
            now=now,
            mooc=mooc,
            feedback=_gather(rows, people, only, asking=questions),
            people=people,
            connections=answering_connections(posts),
            ours=ours,
            addressed=set(mentions.values_list("post_id", flat=True)),
            followers=set(follows.values_list("follower_id", flat=True)),
            promised=set(promises.values_list("key", flat=True)),
            questions=questions,
            today=_answers_today(authors, now),
            room=HourlyRoom(mooc, now=now),
        )

    def silence(self, row: Screening) -> Silence | None:
        """Why nothing is said about a verdict, if so."""
        if row.post_id not in self.feedback:
            among_people = self._is_among_people(row)
            return Silence.AMONG_PEOPLE if among_people else Silence.NOTHING_NEW
        if hindrance := self.hinders(row):
            return hindrance
        if self.feedback[row.post_id].outcome is Outcome.NOT_YET:
            if self._is_for_a_person(row):
                return Silence.QUESTION
            if not self.mooc.answers_not_yet:
                return Silence.NOT_WANTED
            if self._is_among_people(row):
                return Silence.AMONG_PEOPLE
        return self._enough(row.post)

    def _is_for_a_person(self, row: Screening) -> bool:
        """It asks something, and guesses nothing that a machine could judge."""
        question = self.questions.get(row.post_id)
        return question is not None and (not question.is_guess or question.is_answered)

    def hinders(self, row: Screening) -> Silence | None:
        """Why its author isn't spoken to at all, if so."""
        if row.post.author.refuses_bots:
            return Silence.REFUSES_BOTS
        if not self._asked(row.post):
            return Silence.NOT_ASKED
        return None if row.post_id in self.connections else Silence.NO_WAY

    def _enough(self, post: Post) -> Silence | None:
        if feedback_key(post) in self.promised:
            return None
        if self.today[post.author_id] >= self.mooc.answers_per_person_per_day:
            return Silence.ENOUGH_TODAY
        # Answered here, for the next row of the same batch counts on it.
        if not self.mooc.answers_per_hour:
            return Silence.NOT_WANTED
        self.today[post.author_id] += 1
        return None

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
        """A remark to somebody else in a launch's thread: no place for a machine's corrections."""
        in_thread = row.detector == Screening.Detector.THREAD
        return in_thread and row.post_id not in self.addressed and not self._answers_us(row.post)

    def promise(self, row: Screening, *, key: str) -> OutboxPost:
        post, connection = row.post, self.connections[row.post_id]
        feedback = self.feedback[row.post_id]
        language = language_for(self.people.get(post.author_id), post, connection)
        quiet = feedback.outcome is not Outcome.ACCEPTED
        text = write_feedback(feedback, language=language, limit=connection.character_limit)
        return OutboxPost(
            key=key,
            kind=OutboxPost.Kind.FEEDBACK,
            connection=connection,
            lane=f"account:{post.author_id}",
            recipient=post.author,
            in_reply_to=post,
            is_answer=True,
            text=text,
            language=language,
            visibility=answering_visibility(post, quiet=quiet).value,
            created_at=self.now,
            due_at=self._due_at(key),
        )

    def _due_at(self, key: str) -> datetime:
        """A change of words takes no new place in the hour."""
        if key in self.promised:
            return next_waking(self.now, self.mooc)
        return self.room.take() or self.now


def _gather(
    rows: Sequence[Screening],
    people: dict[int, Participant],
    only: Submission | None,
    *,
    asking: Collection[int],
) -> dict[int, Feedback]:
    """What there is to say about each post that is an answer to something, by post id."""
    challenges = {challenge.key: challenge for challenge in all_challenges()}
    passed = passed_levels(people, challenges.keys() & {row.challenge_key for row in rows})
    answers = _answers(rows) if only is None else {only.post_id: [only]}
    feedback = {}
    for row in rows:
        challenge = challenges.get(row.challenge_key) if row.challenge_key else None
        present = answers.get(row.post_id, ())
        own = tuple(one for one in present if one.challenge_key == row.challenge_key)
        if challenge and own:
            person = people.get(row.post.author_id)
            done = passed[person.pk, challenge.key] if person else set()
            feedback[row.post_id] = Feedback(
                row.post, challenge, own, frozenset(done), row.post_id in asking
            )
    return feedback


def _answers(rows: Sequence[Screening]) -> dict[int, list[Submission]]:
    answers: dict[int, list[Submission]] = {}
    found = Submission.objects.filter(post__in=[row.post_id for row in rows])
    for answer in found.select_related("decided_by").order_by("level_number"):
        answers.setdefault(answer.post_id, []).append(answer)
    return answers


def _answers_today(authors: set[int], now: datetime) -> Counter[int]:
    answers = OutboxPost.objects.filter(
        kind=OutboxPost.Kind.FEEDBACK, recipient__in=authors, created_at__gt=now - DAY
    )
    counts = answers.order_by().values("recipient").annotate(count=Count("pk"))
    return Counter(dict(counts.values_list("recipient", "count")))
