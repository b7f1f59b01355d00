"""What the demo leaves behind, killed on its way; what another load does to it: nothing."""

import shutil
from datetime import UTC, datetime, timedelta
from itertools import islice

import pytest
from django.apps import apps
from django.test import override_settings
from wagtail.models import Page, Revision

from badges.models import Award, BadgeClass
from challenges.models import ChallengePage, PhotoRiddlePage, Submission
from cms.demo_loader.reading import Demo
from cms.demo_loader.services import load_demo
from cms.models import ContentPage, DemoItem, EnvolImage, ToolPage, TutorialPage
from community.models import Participant, User
from microblog.models import OutboxPost, Post
from tests.cms.demo import a_demo

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
EXPECTED = {"accepted": "accepted", "not_yet": "not_yet", "question": "not_yet", "guess": "not_yet"}
"""What the engine says to the posts of the story, by what their author expects."""
STEPS_BEFORE_A_KILL = (1, 3, 12, 45)
PAGES = {"home", "challenges", "tutorials", "embark", "about", "articles", "portraits", "guides"}
PAGES |= {"lexicon", "charter", "faq", "welcome_kit"}


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    return a_demo(tmp_path_factory.mktemp("demo") / "demo")


@pytest.fixture(scope="module")
def loaded(demo, tmp_path_factory, shared_rows):
    """Loaded once for all tests here, killed on its way and gone on; each test takes back what it
    changes."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        for steps in STEPS_BEFORE_A_KILL:
            load_and_be_killed(demo, steps)
        load(demo)
        yield demo


def load(demo: Demo) -> dict[str, int]:
    """How many items of each part were new."""
    return {p.part: p.made for p in load_demo(now=NOW, with_people=True, demo=demo)}


def load_and_be_killed(demo: Demo, steps: int) -> None:
    """An hour before the next load for every load that is still to come."""
    earlier = len(STEPS_BEFORE_A_KILL) - STEPS_BEFORE_A_KILL.index(steps)
    then = NOW - timedelta(hours=earlier)
    killed = islice(load_demo(now=then, with_people=True, demo=demo), steps)
    assert len(list(killed)) == steps


def rows() -> dict[str, int]:
    rooms = ("cms", "challenges", "badges", "community", "microblog", "wagtailcore", "auth")
    models = [model for room in rooms for model in apps.get_app_config(room).get_models()]
    return {model._meta.label: model._default_manager.count() for model in models}


def became(key: str, model):
    return model.objects.get(pk=DemoItem.objects.get(key=key).object_pk)


def test_every_piece_is_there_in_both_languages(loaded, db):
    for language in ("fr", "en"):
        pages = Page.objects.live().filter(locale__language_code=language, depth__gt=1)
        shelves = (loaded.tutorials, loaded.challenges, loaded.tools, loaded.guides)
        stories = (loaded.portraits, loaded.articles)
        told = sum(len(shelf(language)) for shelf in (*shelves, *stories))
        told += len(loaded.lexicon(language)["terms"])
        assert pages.count() == told + len(PAGES)
    for page in Page.objects.live().filter(depth__gt=1):
        assert page.get_translations().count() == 1


def test_a_load_that_was_killed_went_on_where_it_stopped(loaded, db):
    story = loaded.community
    told = [f"post:{post['key']}" for post in story["posts"]]
    items = DemoItem.objects.filter(key__in=told).exclude(object_pk="")
    people = Post.objects.filter(pk__in=[int(item.object_pk) for item in items])
    assert people.count() == len(told)
    assert User.objects.count() == len(story["people"])
    assert Page.objects.filter(depth=2).count() == 2
    launches = OutboxPost.objects.filter(kind=OutboxPost.Kind.LAUNCH)
    assert launches.count() == len(story["launches"])
    first, last = people.order_by("said_at").first(), people.order_by("said_at").last()
    minutes = [post["minutes_ago"] for post in story["posts"]]
    assert last.said_at - first.said_at == timedelta(minutes=max(minutes) - min(minutes))


def test_loading_again_changes_nothing(loaded, db):
    before = rows()
    assert set(load(loaded).values()) == {0}
    assert rows() == before


def test_loading_again_costs_a_few_queries(loaded, db, django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        load(loaded)


def test_what_an_editor_changed_stays(loaded, db):
    tutorial = became("tutorial:hashtag:fr", TutorialPage)
    tutorial.title = "Notre titre"
    tutorial.save_revision().publish()
    badge = BadgeClass.objects.get(slug="plume")
    badge.name_fr = "Notre plume"
    badge.save()
    load(loaded)
    assert became("tutorial:hashtag:fr", TutorialPage).title == "Notre titre"
    assert BadgeClass.objects.get(slug="plume").name_fr == "Notre plume"


def test_what_an_editor_threw_away_stays_away(loaded, db):
    became("challenge:citation:fr", ChallengePage).delete()
    became("page:about:en", ContentPage).delete()
    BadgeClass.objects.get(slug="plume").delete()
    User.objects.get(username="berenice").delete()
    before = rows()
    assert set(load(loaded).values()) == {0}
    assert rows() == before


def test_a_later_version_adds_what_is_new(loaded, db, tmp_path):
    later = Demo(shutil.copytree(loaded.root, tmp_path / "later"))
    for language in ("fr", "en"):
        folder = later.content / language / "tutorials"
        text = (folder / "hashtag.toml").read_text()
        title = next(line for line in text.splitlines() if line.startswith("title"))
        (folder / "nouveau.toml").write_text(text.replace(title, 'title = "Du nouveau"'))
    made = load(later)
    assert made["tutorials"] == 2
    assert TutorialPage.objects.live().filter(title="Du nouveau").count() == 2


def test_every_page_answers(loaded, db, client):
    pages = Page.objects.live().filter(depth__gt=1).specific()
    answers = {page.url: client.get(page.url).status_code for page in pages}
    assert set(answers.values()) == {200}, answers


def test_people_read_what_was_said(loaded, db, client):
    client.force_login(User.objects.get(username="nia"))
    for path in ("/fr/timeline/", "/fr/timeline/home/", "/en/timeline/@ines/"):
        assert client.get(path).status_code == 200


def test_a_level_is_the_same_one_in_every_language(loaded, db):
    for page in ChallengePage.objects.filter(locale__language_code="fr").specific():
        twin = page.get_translations().get().specific
        assert [level.id for level in page.level_specs()] == [
            level.id for level in twin.level_specs()
        ]


def test_nothing_in_an_address_tells_a_riddle(loaded, db):
    for riddle in PhotoRiddlePage.objects.all():
        addresses = f"{riddle.url} {riddle.photo.file.name} {riddle.reveal_photo.file.name}"
        for answer in riddle.secrets[0]:
            assert answer.casefold() not in addresses


def test_editors_may_open_what_was_loaded(loaded, db, client):
    client.force_login(User.objects.get(username="olga"))
    for key in ("challenge:phare:fr", "tutorial:fil:en", "page:about:fr", "page:home:en"):
        item = DemoItem.objects.get(key=key)
        assert client.get(f"/admin/pages/{item.object_pk}/edit/").status_code == 200


def test_tutors_and_newcomers_see_what_is_theirs(loaded, db, client):
    for handle, status in (("olga", 200), ("tomas", 302), ("nia", 302)):
        client.force_login(User.objects.get(username=handle))
        assert client.get("/admin/").status_code == status


def test_the_engine_itself_answers_the_story(loaded, db):
    for fields in loaded.community["posts"]:
        outcome, post = EXPECTED.get(fields.get("expect")), became(f"post:{fields['key']}", Post)
        remark = post.parent is not None and not post.parent.author.is_bot
        if outcome and not (remark and outcome == "not_yet"):
            level = Submission.objects.get(post=post, level_number=fields["level"])
            assert level.outcome == outcome, fields["key"]
        if fields.get("expect") == "embarked":
            assert Participant.objects.get(user__username=fields["author"]).embarked_with == post


def test_all_was_said_at_its_time(loaded, db):
    assert not Post.objects.filter(said_at__gt=NOW).exists()
    assert not OutboxPost.objects.waiting().exists()
    for promise in OutboxPost.objects.select_related("post", "in_reply_to"):
        assert promise.post.said_at == promise.said_at
        if promise.in_reply_to:
            assert promise.in_reply_to.said_at < promise.post.said_at


def test_badges_were_earned(loaded, db):
    awards = Award.objects.exclude(issued_at=None).exclude(announced_at=None)
    assert awards.count() == Award.objects.count()
    earned = set(awards.values_list("recipient__name", "badge_class__slug"))
    assert {("Tomas", "tuteur"), ("Inès", "fil"), ("Malo", "photo-decrite")} <= earned
    assert ("Les CM2 de la Plage", "trouve-devinette") in earned


def test_photos_bear_description_author_and_licence(loaded, db):
    for key in loaded.photos:
        photo = became(f"photo:{key}", EnvolImage)
        assert photo.alt_text and photo.credit == "Envol" and photo.licence == "CC-BY-SA-4.0"


def test_steps_show_how_it_looks_on_each_network(loaded, db):
    page = became("tutorial:suivre:en", TutorialPage)
    places = [place for block in page.steps for place in block.value["networks"]]
    shown = {place["network"]: place["image"].contextual_alt_text for place in places}
    assert set(shown) == {"mastodon", "bluesky", "practice"}
    assert shown["mastodon"] == loaded.drawings["suivre-mastodon"]["alt_en"]
    tool = became("tool:profil:fr", ToolPage)
    assert [bool(block.value["image"]) for block in tool.steps] == [False, False, True, False]


def test_no_revision_waits_to_be_published(loaded, db):
    """But for the texts of members that wait for an editor."""
    pages = Page.objects.live().filter(has_unpublished_changes=True)
    assert not pages.exists()
    assert Revision.objects.filter(approved_go_live_at__isnull=False).count() == 0
