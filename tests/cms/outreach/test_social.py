"""A link to any page looks like that page, wherever it is shown."""

import pytest

from community.pictures import picture_of
from tests.cms.conftest import an_image
from tests.cms.house.conftest import furnished, nia, rooms  # noqa: F401 - fixtures
from tests.cms.outreach.test_outreach import metas
from tests.markup import faults_of

pytestmark = pytest.mark.django_db
VIEWS = ("curation/", "live/", "badges/", "digest/", "figures/", "timeline/", "search/")


def told_at(client, url: str) -> dict[str, str]:
    page = client.get(url)
    assert page.status_code == 200, url
    return metas(page.text)


def test_each_room_has_a_card_of_its_own_with_its_name(client, house):
    told = [told_at(client, f"/fr/{view}") for view in VIEWS]
    told.append(told_at(client, house.home.get_url()))
    assert told[-1]["og:title"] == house.home.headline
    for field in ("og:title", "og:image", "og:image:alt"):
        assert len({one[field] for one in told}) == len(told), field
    assert all(client.get(one["og:image"]).status_code == 200 for one in told)


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("tool", "article", "Read ten people closely."),
        ("article", "article", "Twelve people tried."),
        ("portrait", "article", "Loves herons."),
        ("guide", "article", "Calm."),
        ("term", "website", "A word with a sign in front."),
        ("charter", "website", "Short."),
    ],
)
def test_a_link_says_what_the_page_is_about(client, rooms, name, kind, words):  # noqa: F811
    told = told_at(client, getattr(rooms, name).get_url())
    assert (told["og:type"], told["og:description"], told["description"]) == (kind, words, words)


def test_challenges_and_lessons_say_it_too(client, house):
    assert told_at(client, house.home.get_url())["og:description"] == "Start when you like."
    assert told_at(client, house.riddle.get_url())["og:description"] == "Seen from very near."
    lesson = told_at(client, house.tutorial.get_url())
    assert (lesson["og:type"], lesson["og:description"]) == ("article", house.tutorial.summary)


def test_what_is_written_in_a_title_stays_words(client, house):
    house.tutorial.title = house.tutorial.summary = 'Say "hi" & <b>wait</b>'
    house.tutorial.save()
    page = client.get(house.tutorial.get_url()).text
    told = metas(page)
    assert faults_of(page) == []
    assert told["og:title"] == told["og:description"] == house.tutorial.title


def test_nobody_writes_on_our_paper_by_searching(client, house):
    told = told_at(client, "/fr/search/?q=An+insult")
    assert "insult" not in told["og:title"]
    assert told["og:image"] == told_at(client, "/fr/search/?q=Another")["og:image"]


def test_an_article_and_a_portrait_show_their_photo(client, rooms):  # noqa: F811
    for page in (rooms.article, rooms.portrait):
        page.photo = an_image(alt_text=f"Of {page.title}")
        page.save()
        told = told_at(client, page.get_url())
        assert told["og:image:alt"] == page.photo.alt_text
        assert told["og:image"].startswith("http://testserver/media/")


def test_a_riddle_shows_no_more_than_its_page(client, house):
    house.riddle.first_crop, house.riddle.photo_alt = 20, "Something round"
    house.riddle.hints = [{"type": "crop", "value": {"text": "", "alt_text": "A rim"}}]
    house.riddle.save()
    page = client.get(house.riddle.get_url()).text
    told = metas(page)
    assert told["og:image:alt"] == "Something round"
    shown = told["og:image"].removeprefix("http://testserver")
    assert page.count(shown) > 1, "the same file as on the page"
    assert shown != picture_of(house.riddle.photo, "max-1400x1050").url
