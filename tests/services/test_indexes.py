"""Every "no answer yet" question finds its few rows by an index, however long the history. Runs on
the database at hand."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from badges.models import Award, BadgeClass, Evaluation, EvaluationMark
from badges.shipped import install_shipped_badges
from challenges.models import Launch, Screening, Submission
from community.models import Help, LearningEvent, Participant
from curation.models import Item, Pick, Source
from microblog.models import Account, OutboxPost, Post, Reaction, Sighting
from microblog.steps import get_step
from tests.builders import NOON, a_connection
from tests.challenges.building import a_mini_challenge
from tests.curation.items import a_site
from tests.journeys import loop

LONG = 3000
NOW = NOON + timedelta(days=30)
pytestmark = pytest.mark.django_db

QUESTIONS = [
    ("screen", Post, "posts_without_an_answer"),
    ("mentor", Reaction, "reactions_without_an_answer"),
    ("mentor", Help, "helps_without_credit"),
    ("credit", Submission, "answers_without_credit"),
    ("issue", Award, "awards_to_issue"),
    ("launch", Launch, "launches_without_promise"),
    ("feedback", Screening, "screenings_without_feedback"),
    ("announce", Award, "awards_to_announce"),
    ("deliver", OutboxPost, "promises_to_keep"),
    ("recheck", Sighting, "sightings_to_check"),
    ("count", Post, "posts_without_a_tally"),
    ("fetch", Source, "sources_to_fetch"),
    ("glean", Post, "posts_to_glean"),
    ("describe", Item, "items_to_describe"),
    ("unite", Item, "items_to_compare"),
    ("sift", Item, "items_to_sift"),
    ("shelve", Item, "items_to_shelve"),
    ("relay", Pick, "picks_to_pass_on"),
]
"""Step, the table that it asks, and the index that knows the answer."""


@pytest.fixture(scope="module")
def history(shared_rows) -> None:
    """Thousands of rows in every table, all of them answered."""
    social = a_connection()
    rex = Account.objects.create(uri="https://social.example/users/rex", handle="rex")
    posts = Post.objects.bulk_create(
        Post(
            network="mastodon",
            uri=f"{rex.uri}/{number}",
            author=rex,
            said_at=NOON,
            fingerprint=f"{number}",
            answered_fingerprint=f"{number}",
            tallied_fingerprint=f"{number}",
            gleaned_fingerprint=f"{number}",
        )
        for number in range(LONG)
    )
    what_was_heard(posts, social, rex)
    what_was_judged(posts, rex)
    what_was_learned()
    what_was_brought()
    if connection.vendor == "postgresql":  # it counts its rows by itself now and then
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def what_was_heard(posts, social, rex) -> None:
    Sighting.objects.bulk_create(
        Sighting(post=post, connection=social, remote_id=str(post.pk)) for post in posts
    )
    Reaction.objects.bulk_create(
        Reaction(kind="favourite", account=rex, post=post, created_at=NOON, answered=True)
        for post in posts
    )
    OutboxPost.objects.bulk_create(
        OutboxPost(key=f"{n}", kind="feedback", connection=social, version=1, said_version=1)
        for n in range(LONG)
    )


def what_was_judged(posts, rex) -> None:
    page = a_mini_challenge()
    key = page.translation_key
    Screening.objects.bulk_create(
        Screening(
            post=post,
            decision="matched",
            challenge=page,
            challenge_key=key,
            fingerprint=post.fingerprint,
            told_fingerprint=post.fingerprint,
            screened_at=NOON,
        )
        for post in posts
    )
    Submission.objects.bulk_create(
        Submission(
            post=post,
            account=rex,
            challenge=page,
            challenge_key=key,
            level=uuid4(),
            level_number=1,
            outcome="accepted",
            judged_at=NOON,
            accepted_at=NOON,
            credited_at=NOON,
        )
        for post in posts
    )
    Launch.objects.bulk_create(
        Launch(challenge=page, challenge_key=key, round=n, due_at=NOON, promised_at=NOON)
        for n in range(LONG)
    )


def what_was_learned() -> None:
    install_shipped_badges(loop.CONTENT)
    badge = BadgeClass.objects.earliest("pk")
    people = Participant.objects.bulk_create(Participant(name=f"{n}") for n in range(LONG))
    deeds = LearningEvent.objects.bulk_create(
        LearningEvent(kind="first_post", source_key=f"{one.pk}", participant=one, occurred_at=NOON)
        for one in people
    )
    Evaluation.objects.bulk_create(Evaluation(event=deed) for deed in deeds)
    EvaluationMark.objects.update_or_create(pk=1, defaults={"event_id": deeds[-1].pk})
    Award.objects.bulk_create(
        Award(
            pk=uuid4(),
            badge_class=badge,
            recipient=one,
            awarded_at=NOON,
            issued_at=NOON,
            announced_at=NOON,
            baked="awards/x.png",
            assertion={"type": "Assertion"},
        )
        for one in people
    )
    posts = Post.objects.order_by("pk")
    Help.objects.bulk_create(
        Help(
            helper=people[0],
            helped=one,
            reply=post,
            noticed_at=NOON,
            confirmed_at=NOON,
            credited_at=NOON,
        )
        for one, post in zip(people[1:], posts, strict=False)
    )


def what_was_brought() -> None:
    site, done = a_site(), {"sifted_at": NOON, "compared_at": NOON, "shelved_at": NOON}
    Source.objects.bulk_create(
        Source(
            site=site,
            feed_url=f"https://{n}.example/feed",
            host=f"{n}.example",
            created_at=NOON,
            next_fetch_at=NOW + timedelta(days=1),
        )
        for n in range(LONG)
    )
    items = Item.objects.bulk_create(
        Item(
            site=site,
            url=f"https://{n}.example/",
            first_seen_at=NOON,
            described_at=NOON,
            state="published",
            shown_at=NOON,
            decided_at=NOON,
            **done,
        )
        for n in range(LONG)
    )
    Pick.objects.bulk_create(
        Pick(item=item, sentence="Short.", picked_at=NOON, relayed_at=NOON, credited_at=NOON)
        for item in items
    )


def plans_of(ask: Callable[[], object]) -> list[str]:
    """How the database goes about each of the questions that are asked meanwhile."""
    asked = []

    def listen(execute, sql, params, many, context):
        if sql.startswith("SELECT"):
            asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        ask()
    return [explain(sql, params) for sql, params in asked]


def explain(sql: str, params) -> str:
    word = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        cursor.execute(f"{word} {sql}", params)
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def reads_through(plan: str, table: str) -> bool:
    """Whether the plan goes through all rows of a table."""
    if connection.vendor == "postgresql":
        return f"Seq Scan on {table} " in plan
    return any(
        line.startswith(f"SCAN {table}") and "INDEX" not in line for line in plan.splitlines()
    )


def test_the_questions_of_every_step_go_by_their_index(history):
    for name, model, index in QUESTIONS:
        step, table = get_step(name), model._meta.db_table
        plans = plans_of(lambda step=step: step.run(NOW))
        assert any(index in plan for plan in plans), (name, plans)
        assert not any(reads_through(plan, table) for plan in plans), (name, plans)


def test_evaluation_asks_no_event_below_its_mark(history):
    step, table = get_step("evaluate"), LearningEvent._meta.db_table
    for plan in plans_of(lambda: step.backlog(NOW)):
        assert not reads_through(plan, table), plan
