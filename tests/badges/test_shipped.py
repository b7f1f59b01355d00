"""The badges that come with the software: made once, brought up to date, and left alone once
edited."""

from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import override
from wagtail.images import get_image_model

from badges.models import Award, BadgeClass, Issuer
from badges.rules import RULES
from badges.shipped import ARTWORK, UnknownBadge, install_shipped_badges, read_shipped
from tests.badges.builders import a_png, did, drain, people

pytestmark = pytest.mark.django_db

BADGES = """
[[badges]]
slug = "second"
image = "b.png"
order = 2
tags = ["aide"]
conditions = [
  { type = "badges", slugs = ["first"] },
  { type = "any", rules = [
    { type = "events", events = ["helped"], count = 3, distinct = "person" },
    { type = "all", rules = [
      { type = "events", events = ["first_photo", "first_link"] },
      { type = "events", events = ["level_accepted"], tag = "Photo" },
    ] },
  ] },
]

[[badges]]
slug = "first"
image = "a.png"
order = 1
conditions = [{ type = "events", events = ["first_post"] }]

[[badges]]
slug = "merci"
image = "a.png"
by_hand = true
conditions = []
"""


def texts(language: str) -> str:
    return "\n".join(
        f'[{slug}]\nname = "{slug} {language}"\ndescription = "d"\ncriteria = """\nc\n"""\n'
        for slug in ("first", "second", "merci")
    )


@pytest.fixture
def content(tmp_path) -> Path:
    folder = tmp_path / "content"
    (folder / "badges.toml").parent.mkdir()
    (folder / "badges.toml").write_text(BADGES)
    for language, _name in settings.LANGUAGES:
        (folder / language).mkdir()
        (folder / language / "badges.toml").write_text(texts(language))
    return folder


@pytest.fixture
def artwork(tmp_path) -> Path:
    folder = tmp_path / "artwork"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.png").write_bytes(a_png())
    return folder


def install(content: Path, artwork: Path) -> list[str]:
    return [badge.slug for badge in install_shipped_badges(content, artwork=artwork)]


def test_they_arrive_whole(content, artwork):
    assert install(content, artwork) == ["first", "second", "merci"]
    assert Issuer.objects.count() == 1
    second = BadgeClass.objects.get(slug="second")
    assert second.live
    assert second.latest_revision is not None
    assert [tag.name for tag in second.tags.all()] == ["aide"]
    assert (second.name_fr, second.name_en) == ("second fr", "second en")
    first = BadgeClass.objects.get(slug="first")
    with override("en"):
        summaries = [str(message) for message in RULES.summaries(second.specs)]
    assert summaries == [
        "Have another badge",
        "One of these: Help 3 different newcomers · All of these: Do 1 of the things it asks for"
        " · Pass a level of a challenge about “photo”",
    ]
    assert second.specs[0].params["badges"] == [first.pk]
    assert list(second.rules[0].value["badges"]) == [first], "the editor shows it"


def test_what_arrives_can_be_earned(content, artwork):
    install(content, artwork)
    (person,) = people(1)
    for kind in ("first_post", "first_link"):
        did(kind, person)
    did("level_accepted", person, subject="challenge:x", tags=["photo"])
    drain()
    assert Award.objects.filter(recipient=person).exclude(issued_at=None).count() == 2


def test_again_changes_nothing(content, artwork):
    install(content, artwork)
    before = list(BadgeClass.objects.values())
    assert install(content, artwork) == []
    assert list(BadgeClass.objects.values()) == before
    assert get_image_model().objects.count() == 3


def test_what_is_new_in_a_release_arrives(content, artwork):
    install(content, artwork)
    path = content / "fr" / "badges.toml"
    path.write_text(path.read_text().replace("first fr", "Premier"))
    assert install(content, artwork) == ["first"]
    assert BadgeClass.objects.get(slug="first").name_fr == "Premier"


@pytest.mark.parametrize("edit", ["text", "draft", "unpublished"])
def test_an_editors_change_stays(content, artwork, edit):
    install(content, artwork)
    badge = BadgeClass.objects.get(slug="first")
    if edit == "text":
        badge.name_fr = "Le mien"
        badge.save_revision().publish()
    elif edit == "draft":
        badge.name_fr = "Le mien"
        badge.save_revision()
    else:
        badge.unpublish()
    path = content / "fr" / "badges.toml"
    path.write_text(path.read_text().replace("first fr", "Premier"))
    assert install(content, artwork) == []
    badge.refresh_from_db()
    assert badge.name_fr != "Premier"
    assert badge.get_latest_revision_as_object().name_fr in ("Le mien", "first fr")


def test_a_hole_in_the_data_changes_nothing(content, artwork):
    path = content / "badges.toml"
    path.write_text(path.read_text().replace('slugs = ["first"]', 'slugs = ["firts"]'))
    with pytest.raises(UnknownBadge):
        install(content, artwork)
    path.write_text(path.read_text().replace('slugs = ["firts"]', 'slugs = ["first"]'))
    (artwork / "b.png").unlink()
    with pytest.raises(FileNotFoundError):
        install(content, artwork)
    assert not BadgeClass.objects.exists()


def test_the_set_of_this_release(client):
    """Ours, from the demo's content and the drawings: complete, in both languages, and served."""
    content = Path(settings.ROOT) / "cms" / "demo" / "content"
    installed = install_shipped_badges(content)
    assert len(installed) == len(read_shipped(content).badges) >= 8
    assert {badge.slug for badge in installed} <= {path.stem for path in ARTWORK.glob("*.png")}
    for badge in installed:
        assert all(str(message) for message in RULES.summaries(badge.specs))
        assert client.get(f"/badges/classes/{badge.slug}.json").status_code == 200
        assert badge.medallion.width == badge.medallion.height == 512
