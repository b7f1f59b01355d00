"""A small site in two languages: home, tutorials, challenges, a charter."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.cache import cache
from django.core.files.images import ImageFile
from django.test import override_settings
from PIL import Image
from wagtail.models import Locale, Page, Site

from challenges.models import ChallengeIndexPage, MiniChallengePage, PhotoRiddlePage, Screening
from cms.models import ContentPage, EnvolImage, HomePage, TutorialIndexPage, TutorialPage
from microblog.models import Media, Post
from microblog.networks import Network
from tests.builders import NOON

STEPS = [
    ("step", {"heading": "Open the composer", "text": "<p>It is on top.</p>", "tip": "Breathe."}),
    ("example", {"name": "Nia", "handle": "nia", "text": "Hello, I love herons!"}),
    ("tip", {"title": "A slip?", "text": "You can edit it."}),
]


@dataclass
class House:
    home: HomePage
    challenges: ChallengeIndexPage
    riddle: PhotoRiddlePage
    tutorials: TutorialIndexPage
    tutorial: TutorialPage
    charter: ContentPage


def an_image(**fields) -> EnvolImage:
    file = BytesIO()
    Image.new("RGB", (320, 240), "#27507d").save(file, "PNG")
    file.seek(0)
    return EnvolImage.objects.create(
        title="Photo",
        file=ImageFile(file, "photo.png"),
        **{"alt_text": "A golden disc on blue.", "credit": "Nia"} | fields,
    )


def a_tutorial(parent: TutorialIndexPage, title: str = "Your first post", **fields):
    page = TutorialPage(
        title=title,
        summary="Write, read again, send.",
        steps=STEPS,
        try_it_text="Hello! My first steps. #Envol",
        locale=parent.locale,
        **fields,
    )
    return parent.add_child(instance=page)


def a_challenge(parent: ChallengeIndexPage, title: str, **fields) -> MiniChallengePage:
    page = MiniChallengePage(title=title, intro="Do it.", locale=parent.locale, **fields)
    return parent.add_child(instance=page)


def a_post(user, text: str, *, at=NOON, **fields) -> Post:
    author = user.accounts.get()
    number = Post.objects.count() + 1
    return Post.objects.create(
        network=Network.PRACTICE,
        uri=f"{author.uri}/{number}",
        author=author,
        text=text,
        html=f"<p>{text}</p>",
        said_at=at + timedelta(minutes=number),
        fingerprint=str(number),
        **fields,
    )


def about(post: Post, challenge) -> Post:
    """As screening leaves it: this post counts for this challenge."""
    Screening.objects.create(
        post=post,
        fingerprint=post.fingerprint,
        decision=Screening.Match.MATCHED,
        challenge_id=challenge.pk,
        challenge_key=challenge.translation_key,
        screened_at=post.said_at,
    )
    return post


def a_conversation(challenge, asker, answerer) -> list[Post]:
    question = about(a_post(asker, "Does it shine at night?"), challenge)
    answer = about(a_post(answerer, "It does!", parent=question), challenge)
    others = [a_post(asker, f"A heron, number {number}") for number in range(6)]
    for post in others:
        Media.objects.create(post=post, remote_url="https://a.example/1.png", alt_text="A heron")
    return [question, answer, *others]


@pytest.fixture(autouse=True)
def fresh_cache():
    """What is remembered between requests is forgotten between tests."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="module")
def built(tmp_path_factory, shared_rows) -> Iterator[House]:
    """One house for all tests of a module: building takes longer than most of them."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        yield build()


@pytest.fixture
def house(built, db) -> House:
    """As it was built: each test takes back what it changes."""
    return House(*map(anew, vars(built).values()))


def anew(page: Page) -> Page:
    return type(page)._default_manager.get(pk=page.pk)


def build() -> House:
    french = Locale.objects.get_or_create(language_code="fr")[0]
    Page.objects.filter(depth=2).delete()
    root = Page.objects.get(depth=1)
    home = root.add_child(
        instance=HomePage(
            title="Envol",
            slug="accueil",
            locale=french,
            headline="Learn to post by posting.",
            lead="Start when you like.",
            steps=[("step", {"title": "Come aboard", "text": "One post is enough."})],
        )
    )
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    challenges = home.add_child(instance=ChallengeIndexPage(title="Défis", locale=french))
    riddle = challenges.add_child(
        instance=PhotoRiddlePage(
            title="Ce qui brille",
            intro="Seen from very near.",
            question="What shines up there?",
            photo=an_image(),
            locale=french,
        )
    )
    tutorials = home.add_child(instance=TutorialIndexPage(title="Tutoriels", locale=french))
    tutorial = a_tutorial(tutorials, related_challenges=[riddle])
    charter = home.add_child(
        instance=ContentPage(
            title="Charte",
            locale=french,
            show_in_menus=True,
            body=[("heading", "Be kind"), ("text", "<p>People read you.</p>")],
        )
    )
    return House(home, challenges, riddle, tutorials, tutorial, charter)


@pytest.fixture
def english(house) -> House:
    return translated(house)


def translated(house: House) -> House:
    """The same house in English, each page under its own slug."""
    locale = Locale.objects.get_or_create(language_code="en")[0]
    pages = []
    for page, title, slug in [
        (house.home, "Envol", "home"),
        (house.challenges, "Challenges", "challenges"),
        (house.riddle, "What shines", "what-shines"),
        (house.tutorials, "Tutorials", "tutorials"),
        (house.tutorial, "Your first post in English", "first-post"),
        (house.charter, "Charter", "charter"),
    ]:
        copy = page.copy_for_translation(locale)
        copy.title, copy.slug = title, slug
        copy.save_revision().publish()
        pages.append(type(page).objects.get(pk=copy.pk))
    return House(*pages)
