"""All that is known when the bot answers: who may be spoken to, where, when and in which words."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from challenges.answering import passed_levels
from challenges.catalogue import Challenge, all_challenges
from challenges.models import Question, Screening, Submission
from challenges.words import Feedback, write_feedback
from community.manners import Manners, language_for, next_waking
from community.models import MoocSettings, Participant
from community.moocs import Moocs
from community.people import known_participants
from microblog.answering import answer_to, answering_connections
from microblog.models import Connection, OutboxPost, Post
from rulebook import Outcome

Silence = Screening.Silence


def feedback_key(post: Post) -> str:
    return f"feedback:{post.pk}"


@dataclass(slots=True)
class Desk:
    """All that answering a batch needs to know, read at once."""

    now: datetime
    moocs: dict[int, MoocSettings]  # by post id: who answers it
    feedback: dict[int, Feedback]  # by post id
    people: dict[int, Participant]  # by account id
    connections: dict[int, Connection]  # by post id
    manners: Manners
    promised: set[str]  # keys of what was promised before
    questions: dict[int, Question]  # by post id

    @classmethod
    def of(
        cls, rows: Sequence[Screening], *, now: datetime, only: Submission | None = None
    ) -> "Desk":
        """Rows come with `post__author` and `post__parent`. `only`: speak of this answer alone."""
        posts = [row.post for row in rows]
        people = known_participants({post.author_id for post in posts})
        ours = set(Connection.objects.values_list("account_id", flat=True))
        everywhere, challenges = Moocs.read(), {one.key: one for one in all_challenges()}
        moocs = _who_answers(rows, everywhere, challenges)
        promises = OutboxPost.objects.filter(key__in=[feedback_key(post) for post in posts])
        questions = {one.post_id: one for one in Question.objects.filter(post__in=posts)}
        return cls(
            now=now,
            moocs=moocs,
            feedback=_gather(rows, people, challenges, only, asking=questions),
            people=people,
            connections=answering_connections(
                posts,
                may=lambda post, connection: everywhere.may_speak(moocs[post.pk], connection),
            ),
            manners=Manners.of(posts, ours=ours, moocs=everywhere, now=now),
            promised=set(promises.values_list("key", flat=True)),
            questions=questions,
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
            if not self.moocs[row.post_id].answers_not_yet:
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
        if not self.manners.is_wanted(row.post, self.people.get(row.post.author_id)):
            return Silence.NOT_ASKED
        return None if row.post_id in self.connections else Silence.NO_WAY

    def _enough(self, post: Post) -> Silence | None:
        if feedback_key(post) in self.promised:
            return None
        mooc = self.moocs[post.pk]
        if self.manners.has_heard_enough(post, mooc):
            return Silence.ENOUGH_TODAY
        # Answered here, for the next row of the same batch counts on it.
        if not mooc.answers_per_hour:
            return Silence.NOT_WANTED
        self.manners.today[post.author_id] += 1
        return None

    def _is_among_people(self, row: Screening) -> bool:
        """A remark to somebody else in a launch's thread: no place for a machine's corrections."""
        in_thread = row.detector == Screening.Detector.THREAD
        to_us = row.post_id in self.manners.addressed or self.manners.answers_us(row.post)
        return in_thread and not to_us

    def promise(self, row: Screening, *, key: str) -> OutboxPost:
        post, connection = row.post, self.connections[row.post_id]
        feedback, mooc = self.feedback[row.post_id], self.moocs[row.post_id]
        language = language_for(self.people.get(post.author_id), post, connection, mooc)
        limit = mooc.limit_on(connection)
        return answer_to(
            post,
            connection,
            key=key,
            kind=OutboxPost.Kind.FEEDBACK,
            text=write_feedback(feedback, language=language, limit=limit, tone=mooc.tone),
            language=language,
            quiet=feedback.outcome is not Outcome.ACCEPTED,
            now=self.now,
            due_at=self._due_at(key, mooc),
        )

    def _due_at(self, key: str, mooc: MoocSettings) -> datetime:
        """A change of words takes no new place in the hour."""
        if key in self.promised:
            return next_waking(self.now, mooc)
        return self.manners.rooms.take(mooc) or self.now


def _who_answers(
    rows: Sequence[Screening], moocs: Moocs, challenges: Mapping[UUID, Challenge]
) -> dict[int, MoocSettings]:
    """The MOOC of the challenge that a post belongs to, else the one that it was said to."""
    said_to = moocs.of_posts([row.post for row in rows])
    found = {}
    for row in rows:
        challenge = challenges.get(row.challenge_key) if row.challenge_key else None
        home = moocs.of_site(challenge.site_id) if challenge else said_to[row.post_id][0]
        found[row.post_id] = home
    return found


def _gather(
    rows: Sequence[Screening],
    people: dict[int, Participant],
    challenges: Mapping[UUID, Challenge],
    only: Submission | None,
    *,
    asking: Collection[int],
) -> dict[int, Feedback]:
    """What there is to say about each post that is an answer to something, by post id."""
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
