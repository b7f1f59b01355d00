"""The demo: complete, the same in both languages, and true to the rules."""

import re
import struct
import tomllib
from pathlib import Path
from typing import Any

import pytest

from badges.blocks import ConditionsBlock
from challenges.rules import RULES
from challenges.rules.facts import MediaFacts, MentionFacts, PostFacts
from community.models import LearningEvent
from rulebook import Outcome, RuleSpec

ROOT = Path(__file__).resolve().parents[2]
CONTENT = ROOT / "cms" / "demo" / "content"
PHOTOS = ROOT / "cms" / "demo" / "photos"
ARTWORK = ROOT / "badges" / "artwork"
DRAWINGS = ROOT / "cms" / "static" / "envol" / "art"
LANGUAGES = ("fr", "en")
TUTORIALS = {
    "premier-message",
    "hashtag",
    "mention-et-reponse",
    "texte-alternatif",
    "fil",
    "live-tweet",
}


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def folder(language: str, name: str) -> dict[str, dict[str, Any]]:
    return {path.stem: read(path) for path in sorted((CONTENT / language / name).glob("*.toml"))}


CHALLENGES = {language: folder(language, "challenges") for language in LANGUAGES}
LESSONS = {language: folder(language, "tutorials") for language in LANGUAGES}
PICTURES = read(CONTENT / "photos.toml")["photos"]
BADGES = {badge["slug"]: badge for badge in read(CONTENT / "badges.toml")["badges"]}
COMMUNITY = read(CONTENT / "community.toml")
POSTS = {post["key"]: post for post in COMMUNITY["posts"]}
PEOPLE = {person["handle"]: person for person in COMMUNITY["people"]}
LAUNCHES = {f"launch:{launch['challenge']}": launch for launch in COMMUNITY["launches"]}

SVGS = sorted([*ARTWORK.glob("*.svg"), *DRAWINGS.glob("*.svg")])
LEVELS = [
    pytest.param(challenge, level, id=f"{language}-{slug}-{number}")
    for language in LANGUAGES
    for slug, challenge in CHALLENGES[language].items()
    for number, level in enumerate(challenge["levels"], 1)
]


def specs(challenge: dict[str, Any], level: dict[str, Any]) -> list[RuleSpec]:
    """The level's rules; a riddle's answers are its page's."""
    riddle = {name: challenge.get(name, []) for name in ("answers", "near_misses")}
    return [
        RuleSpec(rule["key"], riddle if rule["key"] == "solves_riddle" else rule["params"])
        for rule in level["rules"]
    ]


def facts(post: dict[str, Any]) -> PostFacts:
    tags = post.get("hashtags") or re.findall(r"#(\w+)", post["text"])
    return PostFacts(
        text=post["text"],
        hashtags=tuple(tag.casefold() for tag in tags),
        mentions=tuple(MentionFacts(handle.lstrip("@")) for handle in post.get("mentions", ())),
        links=tuple(post.get("links", ())),
        media=tuple(MediaFacts("image", alt) for alt in post.get("photos", ())),
        content_warning=post.get("content_warning", ""),
        language=post.get("language", ""),
        is_reply=post.get("is_reply", False),
        parent_is_ours=post.get("parent_is_ours", False),
        thread=tuple(post.get("thread", (post["text"],))),
    )


def strings(value: Any) -> list[str]:
    """Every text somewhere inside."""
    if isinstance(value, str):
        return [value]
    children = (
        value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    )
    return [text for child in children for text in strings(child)]


def test_both_languages_have_the_same_pages() -> None:
    for name in ("tutorials", "challenges", "pages"):
        assert set(folder("fr", name)) == set(folder("en", name))
    assert set(LESSONS["fr"]) >= TUTORIALS
    assert len(CHALLENGES["fr"]) >= 8


@pytest.mark.parametrize("slug", sorted(CHALLENGES["fr"]))
def test_a_challenge_asks_the_same_in_both_languages(slug: str) -> None:
    french, english = CHALLENGES["fr"][slug], CHALLENGES["en"][slug]
    for name in ("kind", "difficulty", "order", "tutorials", "photo", "reveal_photo"):
        assert french.get(name) == english.get(name)
    assert [[rule["key"] for rule in level["rules"]] for level in french["levels"]] == [
        [rule["key"] for rule in level["rules"]] for level in english["levels"]
    ]
    assert set(french["hashtags"]).isdisjoint(english["hashtags"]) or slug == "boule-de-neige"


@pytest.mark.parametrize("slug", sorted(LESSONS["fr"]))
def test_a_tutorial_is_as_long_and_leads_to_the_same_challenges(slug: str) -> None:
    french, english = LESSONS["fr"][slug], LESSONS["en"][slug]
    assert len(french["steps"]) == len(english["steps"])
    assert french["challenges"] == english["challenges"]
    assert set(french["challenges"]) <= set(CHALLENGES["fr"])
    for lesson in (french, english):
        words = sum(len(text.split()) for text in strings(lesson["steps"]))
        assert 350 <= words <= 700
        assert len(lesson["try_it"]) <= 300  # so that it fits on every network


@pytest.mark.parametrize(("challenge", "level"), LEVELS)
def test_an_example_passes_its_level(challenge: dict[str, Any], level: dict[str, Any]) -> None:
    verdict = RULES.judge(facts(level["example"]), specs(challenge, level))
    assert verdict.outcome is Outcome.ACCEPTED, [str(one.explanation) for one in verdict.missing]


@pytest.mark.parametrize(("challenge", "level"), LEVELS)
def test_an_almost_misses_one_thing(challenge: dict[str, Any], level: dict[str, Any]) -> None:
    verdict = RULES.judge(facts(level["almost"]), specs(challenge, level))
    assert verdict.outcome is Outcome.NOT_YET
    assert len(verdict.missing) == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", ["sans-la-lettre-e", "boule-de-neige"])
def test_the_examples_of_a_letter_game_keep_its_rule(language: str, slug: str) -> None:
    challenge = CHALLENGES[language][slug]
    first = specs(challenge, challenge["levels"][0])
    for text in challenge["examples"]:
        assert RULES.judge(facts({"text": text}), first).outcome is Outcome.ACCEPTED


def test_riddles_can_be_played() -> None:
    for language in LANGUAGES:
        riddles = [one for one in CHALLENGES[language].values() if one["kind"] == "riddle"]
        assert len(riddles) == 2
        for riddle in riddles:
            assert len(riddle["hints"]) >= 3
            assert PICTURES[riddle["photo"]]["crop_of"] == riddle["reveal_photo"]
            given_away = " ".join(
                [riddle[name] for name in ("question", "title", "intro", "description")]
                + [*riddle["hints"], *riddle["examples"]]
                + [level[name] for level in riddle["levels"] for name in ("title", "task", "tip")]
                + [PICTURES[riddle["photo"]][f"alt_{one}"] for one in LANGUAGES]
            )
            spec = specs(riddle, riddle["levels"][0])
            assert RULES.judge(facts({"text": given_away}), spec).outcome is Outcome.NOT_YET


def test_french_typography() -> None:
    texts = [text for path in (CONTENT / "fr").rglob("*.toml") for text in strings(read(path))]
    texts += [one[name] for one in PICTURES.values() for name in ("title_fr", "alt_fr")]
    texts += [post["text"] for post in POSTS.values() if post["language"] == "fr"]
    texts += [person["bio"] for person in PEOPLE.values() if person["language"] == "fr"]
    assert any("\u202f?" in text for text in texts)
    for text in texts:
        for line in text.splitlines():
            assert not re.search(r"\w'\w", line), line
            assert not re.search(r"(?<![\u202f?!])[?!;](?=\s|$)", line), line
            assert not re.search(r"(?<!\u00a0):(?=\s|$)", line), line
            assert not re.search(r"«(?!\u00a0)|(?<!\u00a0)»", line), line


def test_photos_are_there_described_and_light() -> None:
    assert len(PICTURES) >= 8
    for key, picture in PICTURES.items():
        data = (PHOTOS / picture["file"]).read_bytes()
        assert data[:3] == b"\xff\xd8\xff", key
        assert len(data) < 350_000, key
        assert len(picture["alt_fr"]) > 60
        assert len(picture["alt_en"]) > 60
        assert picture["focal_x"] + picture["focal_width"] / 2 <= 1600, key
        assert picture["focal_y"] + picture["focal_height"] / 2 <= 1200, key
    used = {
        one["photo"] for texts in CHALLENGES.values() for one in texts.values() if "photo" in one
    }
    used |= {post["photo"] for post in POSTS.values() if "photo" in post}
    assert used <= set(PICTURES)


@pytest.mark.parametrize("slug", sorted(BADGES))
def test_a_badge_is_drawn_and_told_in_both_languages(slug: str) -> None:
    png = (ARTWORK / BADGES[slug]["image"]).read_bytes()
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", png[16:24]) == (512, 512)
    assert len(png) < 60_000
    for language in LANGUAGES:
        words = read(CONTENT / language / "badges.toml")
        assert set(words) == set(BADGES)
        assert all(words[slug][name].strip() for name in ("name", "description", "criteria"))


@pytest.mark.parametrize("slug", sorted(BADGES))
def test_a_badges_conditions_can_be_composed_in_the_editor(slug: str) -> None:
    def check(conditions: list[dict[str, Any]], editor: Any) -> None:
        for condition in conditions:
            block = editor.child_blocks[condition["type"]]
            assert set(condition) - {"type"} <= set(block.child_blocks)
            assert set(condition.get("events", ())) <= set(LearningEvent.Kind.values)
            if "rules" in condition:
                check(condition["rules"], block.child_blocks["rules"])

    assert BADGES[slug]["conditions"]
    check(BADGES[slug]["conditions"], ConditionsBlock())


@pytest.mark.parametrize("path", SVGS, ids=lambda path: path.stem)
def test_a_drawing_stands_alone(path: Path) -> None:
    svg = path.read_text(encoding="utf-8")
    assert "<svg" in svg[:256]
    assert "viewBox" in svg
    for forbidden in ("<script", "href=", "<style", "style=", "var(--", " on"):
        assert forbidden not in svg
    if path.parent == ARTWORK:
        assert 'viewBox="0 0 512 512"' in svg
        assert "<title" in svg


def test_the_conversation_holds_together() -> None:
    times = [post["minutes_ago"] for post in COMMUNITY["posts"]]
    assert times == sorted(times, reverse=True)
    assert len(POSTS) == len(COMMUNITY["posts"])
    for post in POSTS.values():
        assert post["author"] in PEOPLE
        assert set(post.get("boosted_by", [])) | set(post.get("favourited_by", [])) <= set(PEOPLE)
        assert post["author"] not in post.get("favourited_by", [])
        assert len(post["text"]) <= 500
        if answered := post.get("in_reply_to"):
            assert {**POSTS, **LAUNCHES}[answered]["minutes_ago"] > post["minutes_ago"]
        assert set(re.findall(r"@(\w+)", post["text"])) <= {*PEOPLE, "envol"}
    assert {post["author"] for post in POSTS.values()} == set(PEOPLE)


@pytest.mark.parametrize("key", sorted(key for key, post in POSTS.items() if "challenge" in post))
def test_a_post_of_the_community_is_judged_as_its_author_hopes(key: str) -> None:
    post = POSTS[key]
    challenge = CHALLENGES["fr"][post["challenge"]]
    told = dict(post, mentions=re.findall(r"@(\w+)", post["text"]))
    told["photos"] = [post.get("alt", "")] if "photo" in post else []
    told["thread"] = thread_of(post)
    verdict = RULES.judge(facts(told), specs(challenge, challenge["levels"][post["level"] - 1]))
    hoped = Outcome.ACCEPTED if post["expect"] == "accepted" else Outcome.NOT_YET
    assert verdict.outcome is hoped


def thread_of(post: dict[str, Any]) -> list[str]:
    above = POSTS.get(post.get("in_reply_to", ""))
    before = thread_of(above) if above and above["author"] == post["author"] else []
    return [*before, post["text"]]
