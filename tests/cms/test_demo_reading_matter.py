"""What the demo gives to read: complete, the same in both languages, leading to what is there."""

import re
from collections import Counter
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest

from cms.blocks import PLACES, LessonStepBlock
from cms.demo_loader.ledger import Ledger
from cms.demo_loader.pages import identity
from cms.demo_loader.reading import Demo
from cms.demo_loader.richtext import address_of
from cms.demo_loader.tutorials import places
from cms.models import GuidePage
from cms.reference_blocks import PHONE
from curation.models import Axis, Depth
from tests.cms.test_demo_content import CHALLENGES, CONTENT, LESSONS, PEOPLE, folder, read, strings

LANGUAGES = ("fr", "en")
FOLDERS = ("tools", "guides", "portraits", "articles")
TOOLS = {language: folder(language, "tools") for language in LANGUAGES}
TERMS = {language: read(CONTENT / language / "lexicon.toml")["terms"] for language in LANGUAGES}
GUIDES = {language: folder(language, "guides") for language in LANGUAGES}
PICKS = {language: read(CONTENT / language / "picks.toml") for language in LANGUAGES}
MONTH = timedelta(days=31).days


def both(name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    french, english = (read(CONTENT / language / name) for language in LANGUAGES)
    return french, english


@pytest.mark.parametrize("name", FOLDERS)
def test_a_shelf_holds_the_same_in_both_languages(name: str) -> None:
    assert folder("fr", name)
    assert set(folder("fr", name)) == set(folder("en", name))


def test_there_is_enough_to_read() -> None:
    assert len(LESSONS["fr"]) + len(TOOLS["fr"]) >= 20
    assert len(TERMS["fr"]) >= 60
    assert len(folder("fr", "portraits")) >= 3
    assert len(PICKS["fr"]["picks"]) >= 20
    assert len(PICKS["en"]["picks"]) >= 15


@pytest.mark.parametrize("slug", sorted(TOOLS["fr"]))
def test_a_tool_is_short_and_leads_on(slug: str) -> None:
    french, english = TOOLS["fr"][slug], TOOLS["en"][slug]
    assert len(french["sections"]) == len(english["sections"])
    for name in ("order", "minutes", "challenges", "tutorials"):
        assert french[name] == english[name]
    assert set(french["challenges"]) <= set(CHALLENGES["fr"])
    assert set(french["tutorials"]) <= set(LESSONS["fr"])
    for tool in (french, english):
        assert 200 <= sum(len(text.split()) for text in strings(tool["sections"])) <= 600
        assert len(tool["try_it"]) <= 300


@pytest.mark.parametrize("slug", sorted(LESSONS["fr"]))
def test_a_step_tells_the_same_networks_in_both_languages(slug: str) -> None:
    told = [
        [
            [place["network"] for place in step.get("networks", ())]
            for step in LESSONS[language][slug]["steps"]
        ]
        for language in LANGUAGES
    ]
    assert told[0] == told[1]
    for networks in told[0]:
        assert len(set(networks)) == len(networks)
        assert set(networks) <= {network for network, _name in PLACES}


def pictures_of(language: str) -> list[str]:
    """Of each step that has one, in the order of the files."""
    lessons = [lesson["steps"] for _slug, lesson in sorted(LESSONS[language].items())]
    tools = [tool["sections"] for _slug, tool in sorted(TOOLS[language].items())]
    told = [place for steps in lessons for step in steps for place in step.get("networks", ())]
    told += [step for steps in tools for step in steps]
    return [one["picture"] for one in told if "picture" in one]


def test_each_drawing_helps_at_one_step_in_both_languages() -> None:
    french, english = pictures_of("fr"), pictures_of("en")
    assert french == english
    assert sorted(french) == sorted(Demo().drawings)
    assert len(french) >= 12


@pytest.mark.parametrize("key", Demo().drawings)
def test_a_drawing_is_light_and_described_in_both_languages(key: str) -> None:
    demo = Demo()
    assert demo.drawing_file(key).stat().st_size <= 30_000
    alts = {demo.drawings[key][f"alt_{language}"] for language in LANGUAGES}
    assert len(alts) == 2
    assert all(40 <= len(alt) <= 250 for alt in alts)


@pytest.mark.django_db
def test_what_a_step_tells_of_networks_can_be_read_in_the_editor() -> None:
    step = LESSONS["fr"]["suivre"]["steps"][2]
    told = places(Demo(), Ledger(), step, "fr", of=identity("a step"))
    stored = LessonStepBlock().to_python({"networks": told})
    assert [one["network"] for one in stored["networks"]] == ["mastodon", "bluesky", "practice"]
    assert all(one["text"].source for one in stored["networks"])


def test_the_lexicon_has_the_same_words_and_they_lead_to_each_other() -> None:
    french, english = TERMS["fr"], TERMS["en"]
    assert [term["slug"] for term in french] == [term["slug"] for term in english]
    for terms in (french, english):
        slugs = {term["slug"] for term in terms}
        assert len(slugs) == len(terms)
        for term in terms:
            assert set(term["see"]) <= slugs - {term["slug"]}
            assert 20 <= len(term["short"]) <= 300


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_spelling_leads_to_one_word_of_the_lexicon(language: str) -> None:
    spellings = [
        spelling.casefold()
        for term in TERMS[language]
        for spelling in {term["term"], *term["variants"]}
    ]
    assert sorted(spellings) == sorted(set(spellings))


def test_the_welcome_kit_holds_what_there_is() -> None:
    french, english = both("pages/welcome_kit.toml")
    for name in ("tutorials", "tools", "terms"):
        assert french[name] == english[name]
    assert set(french["tutorials"]) <= set(LESSONS["fr"])
    assert set(french["tools"]) <= set(TOOLS["fr"])
    assert set(french["terms"]) <= {term["slug"] for term in TERMS["fr"]}


def test_charter_and_questions_are_as_long_in_both_languages() -> None:
    french, english = both("pages/charter.toml")
    assert len(french["commitments"]) == len(english["commitments"])
    french, english = both("faq.toml")
    assert [len(group["questions"]) for group in french["groups"]] == [
        len(group["questions"]) for group in english["groups"]
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", sorted(GUIDES["fr"]))
def test_a_guide_names_whom_to_call(language: str, slug: str) -> None:
    guide = GUIDES[language][slug]
    assert guide["audience"] in GuidePage.Audience
    assert len(guide["lead"]) <= 400
    for contact in guide["contacts"]:
        assert contact.get("phone") or contact.get("url")
        assert all(contact[name] for name in ("name", "what_for", "country", "hours"))
        if "phone" in contact:
            PHONE(contact["phone"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_those_who_speak_agreed_to_be_shown(language: str) -> None:
    speakers = set(folder(language, "portraits"))
    speakers |= {article["author"] for article in folder(language, "articles").values()}
    picks = PICKS[language]
    for link in [*picks["picks"], *picks["waiting"]]:
        speakers |= {*link["finders"], *([link["curator"]] if "curator" in link else [])}
    assert speakers <= set(PEOPLE)
    assert {PEOPLE[handle]["consent"] for handle in speakers} == {"show"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pick_is_dated_shelved_and_told(language: str) -> None:
    picks = PICKS[language]
    links = [*picks["picks"], *picks["waiting"]]
    assert len({link["url"] for link in links}) == len(links)
    for link in links:
        assert urlsplit(link["url"]).scheme == "https"
        assert 0 <= link["days_ago"] <= MONTH
    for pick in picks["picks"]:
        assert pick["axis"] in Axis
        assert pick["depth"] in Depth
        assert pick["topics"]
        assert len(pick["sentence"].split()) >= 8
    for source in picks["sources"]:
        assert source["axis"] in Axis
        assert urlsplit(source["feed_url"]).scheme == "https"


@pytest.mark.parametrize("language", LANGUAGES)
def test_picks_lead_to_what_was_read_in_each_use(language: str) -> None:
    """A front page is what one searches from, not what one read; TinEye's page is the tool."""
    picks = PICKS[language]["picks"]
    told = Counter(pick["axis"] for pick in picks)
    assert min(told[axis] for axis in Axis) >= 7
    doors = [pick["url"] for pick in picks if len(urlsplit(pick["url"]).path.strip("/")) <= 2]
    assert set(doors) <= {"https://tineye.com/"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_families_find_a_suicide_line_and_when_it_was_checked(language: str) -> None:
    guide = GUIDES[language]["families"]
    lines = {contact.get("phone") for contact in guide["contacts"]}
    assert {"3114", "0800 32 123", "143", "988", "116 123"} <= lines
    words = " ".join(section["body"] for section in guide["sections"])
    assert "3114" in words and "0800 32 123" in words
    assert ("Dernière vérification" if language == "fr" else "Last checked") in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_one_charter_and_the_house_leads_to_it(language: str) -> None:
    charter, about = (
        read(CONTENT / language / f"pages/{name}.toml") for name in ("charter", "about")
    )
    assert f"](/{language}/{address_of(charter['title'])}/)" in about["body"]
    assert not re.search(r"^1\. ", about["body"], re.MULTILINE)


def test_french_marks_have_their_own_spaces() -> None:
    paths = [*(CONTENT / "fr").glob("*.toml"), *(CONTENT / "fr").glob("*/*.toml")]
    for text in (text for path in paths for text in strings(read(path))):
        assert not re.search(r" [?!;:»]|« |'", text), text
