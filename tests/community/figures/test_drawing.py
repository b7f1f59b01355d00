"""The drawn network, newcomers' ways into it, and when they are drawn."""

from datetime import timedelta
from random import Random

import pytest

from community.consent import change_consent
from community.figures.drawing import EVERY, backlog, draw
from community.figures.integration import Groups, read_integration
from community.figures.layout import HEIGHT, WIDTH
from community.figures.picture import show_picture
from community.figures.weaving import MOST, weave_network
from community.linking import merge_participants
from community.models import (
    AccountLink,
    Consent,
    CountedPerson,
    Drawing,
    Exchange,
    Participant,
)
from tests.builders import NOON, a_connection
from tests.community.figures.building import a_person, behind, count_all, say

pytestmark = pytest.mark.django_db
WEEK = timedelta(weeks=1)


def a_crowd(people: int) -> None:
    """People who answered each other, in rows: a few are answered and answer a lot."""
    chance = Random(1)  # noqa: S311 - always alike
    made = Participant.objects.bulk_create(
        Participant(name=f"Personne {n}", consent="show") for n in range(people)
    )
    CountedPerson.objects.bulk_create(
        CountedPerson(
            person=one,
            first_at=NOON - timedelta(days=n % 200),
            last_at=NOON,
            network="mastodon",
        )
        for n, one in enumerate(made)
    )
    pairs = {(chance.choice(made[:12]).pk, one.pk) for one in made[12:] for _ in range(2)}
    pairs |= {(one.pk, other.pk) for one, other in zip(made[12::2], made[13::2], strict=False)}
    pairs |= {(other, one) for one, other in sorted(pairs)[::3]}
    Exchange.objects.bulk_create(
        Exchange(answerer_id=one, answered_id=other, posts=1, first_at=NOON, last_at=NOON)
        for one, other in sorted(pairs)
    )


def test_five_hundred_people_find_room_always_alike():
    a_crowd(500)
    drawing = weave_network(now=NOON)
    assert drawing == weave_network(now=NOON)
    spots = [(x, y) for _person, _role, x, y in drawing["people"]]
    assert len(spots) > 480
    assert all(0 < x < WIDTH and 0 < y < HEIGHT for x, y in spots)
    cells = {(int(x // 10), int(y // 10)) for x, y in spots}
    assert len(cells) > 0.7 * len(spots), "people stand on each other"


def test_a_large_picture_is_small_enough_to_be_sent(count_queries):
    a_crowd(500)
    drawing = weave_network(now=NOON)
    picture = show_picture(drawing)
    assert len(picture.labels) > 30
    assert len(picture.one_way) + len(picture.mutual) < 60_000
    closer = sum(len(show_picture(drawing, part=part).labels) for part in range(1, 10))
    assert closer > 2 * len(picture.labels)
    assert count_queries(lambda: show_picture(drawing)) == 1


def test_of_more_people_the_latest_are_drawn():
    a_crowd(MOST + 40)
    newest = Exchange.objects.order_by("-pk")[0]
    Exchange.objects.filter(pk=newest.pk).update(last_at=NOON + WEEK)
    drawn = {spot[0] for spot in weave_network(now=NOON)["people"]}
    assert len(drawn) <= MOST
    assert {newest.answerer_id, newest.answered_id} <= drawn


@pytest.fixture
def three(db):
    """Ana and Ben talk, Ana has helped nobody yet; Cleo was answered by Ben alone."""
    ana, ben, cleo = (a_person(name) for name in ("ana", "ben", "cleo"))
    hello = say(ana, at=NOON - 70 * 24 * timedelta(hours=1))
    answer = say(ben, to=hello)
    say(ana, to=answer)
    say(ben, to=say(cleo))
    count_all()
    return ana, ben, cleo


def test_who_answers_whom(three):
    drawing = weave_network(now=NOON)
    assert (drawing["pairs"], drawing["mutual"]) == (2, 1)
    roles = {person: role for person, role, _x, _y in drawing["people"]}
    ana, ben, cleo = map(behind, three)
    assert roles == {ana.pk: "other", ben.pk: "newcomer", cleo.pk: "newcomer"}


def test_our_own_voice_is_not_in_the_picture(three):
    us = a_connection().account
    AccountLink.objects.create(account=us, participant=behind(three[0]), proof="by_hand")
    say(us, to=say(three[2]))
    count_all()
    assert weave_network(now=NOON)["pairs"] == 2


@pytest.mark.parametrize(
    ("consent", "people", "names"),
    [
        (Consent.SHOW, 3, {"Ana", "Ben", "Cleo"}),
        (Consent.COUNT, 3, {"Ben", "Cleo"}),
        (Consent.NOTHING, 2, {"Ben", "Cleo"}),
    ],
)
def test_consent_decides_who_is_named_though_drawn_before(three, consent, people, names):
    drawing = weave_network(now=NOON)
    change_consent(behind(three[0]), consent, now=NOON)
    picture = show_picture(drawing)
    assert picture.people == people
    assert {dot.name for dot in picture.dots if dot.name} == names
    assert {row.name for row in picture.rows} == names
    assert "Ana" in names or all("Ana" not in row.names for row in picture.rows)


def test_whoever_became_somebody_else_leaves_an_old_picture(three):
    drawing = weave_network(now=NOON)
    merge_participants(behind(three[0]), into=behind(three[1]))
    assert show_picture(drawing).people == 2


def test_newcomers_with_nobody_are_counted(three):
    say(a_person("dora"))
    count_all()
    drawing = weave_network(now=NOON)
    assert (drawing["newcomers"], drawing["alone"]) == (3, 1)


def test_it_is_drawn_once_in_a_while_and_only_if_something_moved(three):
    assert backlog(NOON).count == 1
    assert draw(NOON) == 1
    assert {one.name for one in Drawing.objects.all()} == {"network", "integration"}
    say(three[2])
    count_all(NOON + EVERY / 2)
    assert draw(NOON + EVERY / 2) == 0
    assert draw(NOON + EVERY) == 1
    assert draw(NOON + 2 * EVERY) == 0
    assert draw(NOON + timedelta(days=2)) == 1, "weeks pass, though nobody speaks"


def test_nothing_is_drawn_where_nothing_was_counted(db):
    assert draw(NOON) == 0


def test_groups_grow_until_everybody_is_linked():
    groups = Groups()
    groups.join(1, 2)
    assert not groups.is_main(1), "two are no group"
    groups.join(3, 4)
    groups.join(2, 3)
    assert all(map(groups.is_main, (1, 2, 3, 4)))
    assert not groups.is_main(5)
    groups.join(5, 4)
    assert groups.is_main(5)
    assert [one for one in range(1, 6) if groups.is_answered_by_several(one)] == [4]


def test_ways_in_are_looked_at_after_one_two_and_four_weeks():
    ana, ben, cleo = (a_person(name) for name in ("ana", "ben", "cleo"))
    new, lost = a_person("new"), a_person("lost")
    monday = NOON
    say(ben, to=say(ana, at=monday), at=monday)
    say(ana, to=say(cleo, at=monday), at=monday)
    hello = say(new, at=monday + WEEK)
    say(lost, at=monday + WEEK)
    say(ben, to=hello, at=monday + 2.5 * WEEK)
    say(cleo, to=hello, at=monday + 5 * WEEK)
    count_all()
    first, second = read_integration(now=monday + 5.5 * WEEK)
    assert (first["newcomers"], second["newcomers"]) == (3, 2)
    assert first["after"]["4"] == {"joined": 3, "several": 0}
    assert second["after"] == {
        "1": {"joined": 1, "several": 0},
        "2": {"joined": 1, "several": 0},
    }
    _first, later = read_integration(now=monday + 7 * WEEK)
    assert later["after"]["4"] == {"joined": 1, "several": 1}
