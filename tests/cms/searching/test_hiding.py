"""What isn't shown isn't found, however it came to be hidden."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import transaction
from wagtail.models import PageViewRestriction, Site

from cms.searching.engine import Kind, best
from community.models import LiveEvent, WallDecision
from curation.models import Item
from microblog.models import Post, TimelineSettings
from tests.builders import NOON
from tests.cms.conftest import about
from tests.cms.searching.conftest import a_tagged_post, index_all
from tests.cms.searching.test_finding import found

pytestmark = pytest.mark.django_db

# What must not be found, and how it came about.


def unpublish(made):
    made.challenge.unpublish()
    return "Dessine un"


def hide_page(made):
    page = PageViewRestriction.objects.create(
        page=made.house.challenges, restriction_type=PageViewRestriction.GROUPS
    )
    page.groups.add(Group.objects.create(name="Few"))
    return "Dessine un"


def delete_page(made):
    made.challenge.delete()
    assert made.challenge.pk not in best(Kind.PAGES, "heron")
    return "Dessine un"


def withdraw_portrait(made):
    made.portrait.person.consent = "count"
    made.portrait.person.save()
    return "Nia et le"


def drop_item(made):
    Item.objects.filter(pk=made.item.pk).update(state=Item.State.DROPPED)
    return "cendré"


def withdraw_consent(made):
    withdraw_portrait(made)
    return "Mon premier"


def take_back(made):
    Post.objects.filter(pk=made.post.pk).update(deleted_at=NOON)
    return "Mon premier"


def say_in_private(made):
    Post.objects.filter(pk=made.post.pk).update(visibility="direct")
    return "Mon premier"


def give_a_riddle_away(made):
    Post.objects.filter(pk=made.post.pk).update(veil=uuid4())
    return "Mon premier"


def say_elsewhere(made):
    made.post.hashtag_rows.all().delete()
    return "Mon premier"


def take_off_the_wall(made):
    event = LiveEvent.objects.create(
        slug="e", title="E", hashtag="e", starts_at=NOON, ends_at=NOON + timedelta(hours=1)
    )
    WallDecision.objects.create(event=event, post=made.post, verdict="hide", decided_at=NOON)
    return "Mon premier"


def close_the_timeline(made):
    TimelineSettings.objects.update_or_create(site=Site.objects.get(), defaults={"is_open": False})
    cache.clear()
    return "Mon premier"


HIDING = (
    unpublish,
    hide_page,
    delete_page,
    withdraw_portrait,
    drop_item,
    withdraw_consent,
    take_back,
    say_in_private,
    give_a_riddle_away,
    say_elsewhere,
    take_off_the_wall,
    close_the_timeline,
)


def test_what_is_not_shown_is_not_found(client, everything):
    for hide in HIDING:
        everything.challenge.refresh_from_db()
        with transaction.atomic():
            words = hide(everything)
            for facet in ("", "challenges", "stories", "reading", "posts"):
                page = found(client, "heron", language="any", **{"in": facet})
                assert words not in page, hide
            transaction.set_rollback(True)
        cache.clear()
        everything.portrait.person.refresh_from_db()
        assert words in found(client, "heron"), hide


def test_an_answer_to_a_challenge_needs_no_hashtag(client, everything, nia):
    about(a_tagged_post(nia, "Héron sans mot-dièse"), everything.challenge)
    index_all()
    assert "sans mot-dièse" in found(client, "heron", **{"in": "posts"})
