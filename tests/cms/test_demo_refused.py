"""Loads where people with known passwords have no place, or the demo has none."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page, Site

from cms.demo_loader.house import DemoRefused
from cms.demo_loader.services import load_demo
from cms.management.commands.load_demo import Command
from cms.models import HomePage
from community.models import User
from microblog.models import Post
from tests.cms.demo import a_demo

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def test_without_people_nobody_can_log_in(settings, tmp_path):
    settings.DEMO_PEOPLE = False
    told, command = StringIO(), Command()
    command.demo = a_demo(tmp_path / "demo")
    call_command(command, "--json", stdout=told)
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
