"""Whoever looks after a MOOC finds at its address what waits there, and nothing else."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from challenges.bank.counting import recount_challenges
from challenges.bank.warning import warn_of_low_stock
from challenges.launching import launch_challenge
from challenges.models import ChallengePage, Decision, Proposal, Question, Submission
from cms.models import Clarity, Comment, Contribution, PageTalk
from community.models import LiveEvent
from curation.models import SiftRule, Trust
from microblog.waiting import piles_for, planned_for
from rulebook import Outcome
from tests.builders import NOON, said
from tests.challenges.bank.building import a_queue

pytestmark = pytest.mark.django_db
A, B = "a.example", "b.example"
HERE, THERE = "Houle", "Marée"
DESKS = (
    *("review:waiting", "review:decisions", "review:attach", "review:questions"),
    *("challenge_desk", "bank:desk", "bank:calendar", "bank:figures", "bank:figures_csv"),
    *("ideas:index", "member_texts:index", "page_replies", "live_proposals", "clearness:report"),
)
LISTS = ("sift_rules:index", "trusted_members:index", "live_events:list")
PILES = (
    *("answers", "questions", "bank_low", "proposals", "live_proposals"),
    *("member_texts", "taken_back_texts", "page_replies"),
)


@pytest.fixture
def busy(two, nia, now):
    """Something of every kind waits in each of them, and bears its name."""
    for mooc, name in ((two.a, HERE), (two.b, THERE)):
        fill(mooc, name, nia.participant, now)
    return two


def fill(mooc, name: str, person, now) -> None:
    page, site = mooc.challenge(name), mooc.site
    key = {"challenge_key": page.translation_key}
    posts = [said(f"{name} {n} ?", on=mooc.connection, by=f"rex{name[0]}{n}") for n in range(3)]
    answer = Submission.objects.create(
        **key,
        post=posts[0],
        account=posts[0].author,
        challenge=page,
        level=uuid4(),
        level_number=1,
        outcome=Outcome.WITH_TUTOR.value,
        judged_at=now,
    )
    Decision.objects.create(**key, post=posts[0], submission=answer, action="ask", note=name)
    Question.objects.create(**key, post=posts[1], asked_as=name, asked_at=now)
    a_queue(f"{name} en file", page, site=site, low_stock=5)
    Proposal.objects.create(proposer=person, page=page, title=name, state="waiting")
    for state, back in (("waiting", None), ("taken_back", now)):
        Contribution.objects.create(
            site=site,
            author=person,
            kind="article",
            title=f"{name} {state}",
            state=state,
            sent_at=now,
            taken_back_at=back,
        )
    talk = PageTalk.objects.create(page_key=page.translation_key, page=page, site=site)
    Comment.objects.create(
        page_key=talk.page_key, talk=talk, post=posts[2], state="waiting", gathered_at=now
    )
    starts = NOON + timedelta(days=9)
    LiveEvent.objects.create(
        title=name,
        site=site,
        hashtag=f"live{name[0]}",
        starts_at=starts,
        ends_at=starts + timedelta(hours=1),
        state="proposed",
    )
    Clarity.objects.create(page=page, is_clear=False, sentence=name, reader="x")
    SiftRule.objects.create(site=site, name=name)
    Trust.objects.create(site=site, participant=person)
    recount_challenges([page.translation_key], now=now)
    warn_of_low_stock(now)


def read(client, address: str, host: str) -> str:
    answer = client.get(address, headers={"host": host})
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_each_desk_shows_what_waits_in_its_own(client, busy, olga):
    client.force_login(olga)
    shown = {}
    for name in DESKS:
        pages = [read(client, reverse(name), host) for host in (A, B)]
        shown[name] = [[word in page for word in (HERE, THERE)] for page in pages]
    assert shown == dict.fromkeys(DESKS, [[True, False], [False, True]])


def test_each_list_says_whose_a_thing_is_and_can_be_narrowed(client, busy, olga):
    client.force_login(olga)
    for name in LISTS:
        both = client.get(reverse(name), headers={"host": A})
        assert "Baleine" in both.text, name
        assert {row.site for row in both.context["object_list"]} == {busy.a.site, busy.b.site}
        one = client.get(reverse(name), {"site": busy.b.site.pk}, headers={"host": A})
        assert {row.site for row in one.context["object_list"]} == {busy.b.site}


def test_the_dashboard_counts_what_its_desks_show(busy, olga, now):
    counted = {}
    for site in (busy.a.site.pk, busy.b.site.pk, None):
        piles = {one.waiting.key: one for one in piles_for(olga, now, site_id=site)}
        counted[site] = {name: piles[name].count for name in PILES}
        assert all(piles[name].oldest for name in PILES)
    here, there, both = counted.values()
    assert here == there == dict.fromkeys(PILES, 1)
    assert both == dict.fromkeys(PILES, 2)


def test_what_goes_out_next_is_told_where_it_is_looked_after(busy, olga, now):
    for page in ChallengePage.objects.filter(title__in=[HERE, THERE]):
        launch_challenge(page, by=olga, now=now, at=now + timedelta(hours=1))
    for site, name in ((busy.a.site, HERE), (busy.b.site, THERE)):
        plan = planned_for(olga, now, most=20, site_id=site.pk)
        assert {one.title.split()[0] for one in plan} == {name}
    assert {HERE, THERE} <= {one.title for one in planned_for(olga, now, most=99)}


def test_what_belongs_to_no_page_any_more_waits_at_the_first(client, busy, olga):
    client.force_login(olga)
    Submission.objects.update(challenge=None, challenge_key=uuid4())
    address = reverse("review:waiting")
    here, there = read(client, address, A), read(client, address, B)
    assert HERE in here and THERE in here
    assert THERE not in there


def test_who_notes_what_was_taken_back_notes_what_they_saw(client, busy, olga):
    client.force_login(olga)
    client.post(reverse("member_texts_noted"), headers={"host": B})
    [left] = Contribution.objects.taken_back_unseen()
    assert left.site == busy.a.site


def test_what_is_made_at_an_address_is_its_own_from_the_start(client, two, olga):
    client.force_login(olga)
    for name in ("trusted_members:add", "sift_rules:add", "live_events:add", "bank:create"):
        page = read(client, reverse(name), B)
        assert f'<option value="{two.b.site.pk}" selected>' in page, name
