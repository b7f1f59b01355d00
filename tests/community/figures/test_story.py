"""Whatever happened, in whatever order: what was counted bit by bit is what a recount finds, and
what somebody who reads every post would say."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Site

from community.consent import change_consent
from community.figures.marking import recount_helps
from community.figures.rebuilding import rebuild
from community.figures.tallying import tally
from community.linking import merge_participants
from community.models import Consent, Help, MoocSettings, Participant
from community.people import participants_of
from microblog.forgetting import forget_posts
from microblog.models import Account, Connection, Post
from tests.builders import NOON, a_connection
from tests.community.figures.building import (
    a_person,
    an_account,
    count_all,
    say,
    snapshot,
)
from tests.community.figures.reader import read_every_post

pytestmark = pytest.mark.django_db

PEOPLE = 5
LAST = 30
which = st.integers(0, LAST)
who = st.integers(0, PEOPLE - 1)
deeds = st.one_of(
    st.tuples(
        st.just("say"),
        who,
        st.none() | which,
        st.integers(0, 60 * 24 * 70),
        st.sampled_from(["fr", "en", "fr-BE", ""]),
        st.sampled_from(["public", "public", "public", "unlisted", "direct"]),
        st.sampled_from([[], ["envol"], ["baleine"], ["envol", "baleine"]]),
    ),
    st.tuples(st.just("another_mooc"), st.sampled_from(["Baleine", "Autre"])),
    st.tuples(st.just("answer_later"), which, which),
    st.tuples(st.just("take_back"), which),
    st.tuples(st.just("edit"), which, st.sampled_from(["fr", "en"])),
    st.tuples(st.just("merge"), who, who),
    st.tuples(st.just("choose"), who, st.sampled_from(list(Consent))),
    st.tuples(st.just("take_part"), who),
    st.tuples(st.just("help"), which),
    st.tuples(st.just("undo_help"), which),
    st.tuples(st.just("count"), st.integers(1, 9)),
    st.tuples(st.just("count"), st.just(50)),
)
stories = st.lists(deeds, min_size=4, max_size=45)


class World:
    """Four people, a stranger who may come to take part, and our own voice."""

    def __init__(self, us: Connection) -> None:
        self.accounts: list[Account] = [a_person(f"p{n}") for n in range(PEOPLE - 1)]
        self.accounts[1].network = "practice"
        self.accounts.append(an_account("stranger"))
        self.posts: list[Post] = [say(us.account)]
        self.moocs: dict[int, str] = {}

    def post(self, number: int) -> Post:
        return self.posts[number % len(self.posts)]

    def say(self, by, to, minutes, language, visibility, hashtags):
        parent = self.post(to) if to is not None else None
        self.posts.append(
            say(
                self.accounts[by],
                to=parent,
                at=NOON + timedelta(minutes=minutes),
                language=language,
                visibility=visibility,
                hashtags=hashtags,
            )
        )

    def another_mooc(self, hashtag):
        """Founded, or with another sign from now on."""
        first = Site.objects.get(is_default_site=True)
        other, _made = Site.objects.get_or_create(
            hostname="b.example", defaults={"root_page": first.root_page}
        )
        MoocSettings.objects.update_or_create(site=other, defaults={"hashtags": hashtag})
        self.moocs = {first.pk: "envol", other.pk: hashtag.lower()}

    def answer_later(self, child, parent):
        """The parent of an orphan is heard after it; as microblog.threads hangs it."""
        if child % len(self.posts) > parent % len(self.posts):
            orphans = Post.objects.filter(pk=self.post(child).pk, parent=None)
            orphans.update(parent=self.post(parent), tallied_fingerprint="")

    def take_back(self, number):
        forget_posts(Post.objects.filter(pk=self.post(number).pk), now=NOON)

    def edit(self, number, language):
        said = Post.objects.filter(pk=self.post(number).pk, deleted_at=None)
        said.update(language=language, fingerprint=f"{language}{number}")

    def merge(self, one, other):
        first, second = (
            Participant.objects.filter(links__account=self.accounts[number]).first()
            for number in (one, other)
        )
        if first and second and first != second:
            merge_participants(first, into=second)

    def choose(self, number, consent):
        person = Participant.objects.filter(links__account=self.accounts[number]).first()
        if person:
            change_consent(person, consent, now=NOON)

    def take_part(self, number):
        participants_of([self.accounts[number]])

    def help(self, number):
        post = Post.objects.select_related("parent").get(pk=self.post(number).pk)
        people = participants_of_known(post)
        if len(people) == 2:
            Help.objects.get_or_create(
                reply=post,
                defaults={"helper": people[0], "helped": people[1], "confirmed_at": NOON},
            )
            recount_helps(Help.objects.filter(reply=post))

    def undo_help(self, number):
        helps = Help.objects.filter(reply=self.post(number))
        helps.update(undone_at=NOON)
        recount_helps(helps)

    def count(self, batch):
        tally(NOON, batch=batch)


def participants_of_known(post: Post) -> list[Participant]:
    if post.parent is None:
        return []
    found = [
        Participant.objects.filter(links__account=account).first()
        for account in (post.author_id, post.parent.author_id)
    ]
    return found if all(found) and found[0] != found[1] else []


@pytest.fixture
def us(db) -> Connection:
    return a_connection()


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(story=stories)
def test_any_story_is_counted_as_a_recount_would(us, story):
    with transaction.atomic():
        world = World(us)
        for deed, *what in story:
            getattr(world, deed)(*what)
        count_all()
        counted = snapshot()
        assert counted == read_every_post(world.moocs)
        list(rebuild(now=NOON))
        assert snapshot() == counted
        transaction.set_rollback(True)
