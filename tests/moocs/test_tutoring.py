"""Tutors see who waits where they look; newcomers see the tutors of their MOOC."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from community.embarking import embark
from community.models import Consent, Need, NeedReason, Tutoring
from community.moocs import mooc_of
from microblog.models import PostHashtag
from tests.builders import NOON
from tests.community.figures.building import a_person, behind, say

pytestmark = pytest.mark.django_db
A, B = "a.example", "b.example"


def waits(name: str, *hashtags: str, aboard=None) -> None:
    account = a_person(name)
    if aboard:
        embark(behind(account), now=NOON, mooc=mooc_of(aboard.site.pk))
    post = say(account, at=NOON, hashtags=list(hashtags), text=f"Bonjour de {name}")
    PostHashtag.objects.bulk_create(PostHashtag.of(post, one) for one in hashtags)
    need = Need.objects.create(
        person=behind(account), post=post, network=post.network, since=NOON, shows_at=NOON
    )
    NeedReason.objects.create(need=need, kind="unanswered", post=post, since=NOON, shows_at=NOON)


def waiting(client, host: str) -> set[str]:
    page = client.get(reverse("tutoring:console"), headers={"host": host})
    return {one.need.person.name for one in page.context["waiters"]}


def test_who_waits_is_shown_where_they_spoke(client, two, tomas, count_queries):
    waits("ana", "aube")
    waits("bea", "baleine")
    waits("cleo", aboard=two.b)
    waits("dan", "aube", "baleine")
    waits("eve")
    client.force_login(tomas)
    assert waiting(client, A) == {"Ana", "Dan", "Eve"}
    assert waiting(client, B) == {"Bea", "Dan", "Cleo", "Eve"}, "who is aboard none, is everywhere"
    page = client.get(reverse("tutoring:tips"), headers={"host": A})
    assert "3" in page.text


def test_tutors_are_those_of_each(client, two, nia, tomas):
    for user, mooc in ((nia, two.a), (tomas, two.b)):
        person = user.participant
        person.consent = Consent.SHOW
        person.save()
        embark(person, now=NOON, mooc=mooc_of(mooc.site.pk))
        Tutoring.objects.create(participant=person, languages=["fr"])
    with override("fr"):
        path = reverse("tutoring:tutors")
    found = {host: client.get(path, headers={"host": host}).context["tutors"] for host in (A, B)}
    assert [one.tutoring.participant.name for one in found[A]] == ["Nia"]
    assert [one.tutoring.participant.name for one in found[B]] == ["Tomas"]
