"""Loads that stop half-way, and loads where people with known passwords have no place."""

import json
from datetime import timedelta
from io import StringIO
from itertools import islice

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page, Site

from cms.demo_loader.house import DemoRefused
from cms.demo_loader.services import load_demo
from cms.models import DemoItem, HomePage
from community.models import User
from microblog.models import OutboxPost, Post
from tests.cms.demo import a_demo

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def test_a_load_that_was_killed_goes_on_where_it_stopped(tmp_path, now):
    demo = a_demo(tmp_path / "demo")
    for steps in (1, 3, 12, 45):
        killed = islice(load_demo(now=now, with_people=True, demo=demo), steps)
        assert len(list(killed)) == steps
        now += timedelta(hours=1)
    list(load_demo(now=now, with_people=True, demo=demo))
    story = demo.community
    told = [f"post:{post['key']}" for post in story["posts"]]
    items = DemoItem.objects.filter(key__in=told).exclude(object_pk="")
    people = Post.objects.filter(pk__in=[int(item.object_pk) for item in items])
    assert people.count() == len(told)
    assert User.objects.count() == len(story["people"])
    assert Page.objects.filter(depth=2).count() == 2
    assert not OutboxPost.objects.waiting().exists()
    launches = OutboxPost.objects.filter(kind=OutboxPost.Kind.LAUNCH)
    assert launches.count() == len(story["launches"])
    first = people.order_by("said_at").first()
    last = people.order_by("said_at").last()
    minutes = [post["minutes_ago"] for post in story["posts"]]
    assert last.said_at - first.said_at == timedelta(minutes=max(minutes) - min(minutes))


def test_without_people_nobody_can_log_in(settings):
    settings.DEMO_PEOPLE = False
    told = StringIO()
    call_command("load_demo", "--json", stdout=told)
    report = json.loads(told.getvalue())
    assert report["with_people"] is False
    assert report["new"]["tutorials"] > 0
    assert "community" not in report["new"]
    assert not User.objects.exists()
    assert not Post.objects.exists()
    greeting = StringIO()
    call_command("greet", stdout=greeting)
    assert "envol-demo" not in greeting.getvalue()


def test_known_passwords_are_refused_where_others_come(settings):
    settings.DEMO_PEOPLE = False
    with pytest.raises(CommandError, match="known password"):
        call_command("load_demo", "--with-people")
    assert not HomePage.objects.exists()


def test_a_site_with_its_own_pages_is_left_alone(tmp_path, now):
    demo = a_demo(tmp_path / "demo")
    welcome = Site.objects.get(is_default_site=True).root_page
    welcome.add_child(instance=Page(title="Ours", slug="ours"))
    with pytest.raises(DemoRefused):
        list(load_demo(now=now, with_people=True, demo=demo))
    assert not HomePage.objects.exists()
    assert Site.objects.get(is_default_site=True).root_page == welcome
