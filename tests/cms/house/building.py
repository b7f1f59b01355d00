"""One page of every kind, in the small house of tests/cms/conftest.py."""

from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from cms.models import (
    ArticleIndexPage,
    ArticlePage,
    CharterPage,
    FaqPage,
    GuideIndexPage,
    GuidePage,
    LexiconPage,
    PortraitIndexPage,
    PortraitPage,
    TermPage,
    ToolPage,
    WelcomeKitPage,
)

HOSTILE = '#panic("x") $oops$ <b>&amp; "quoted" \\u{1F600}'
"""What a typesetter or a browser might take for a command."""


@dataclass
class Rooms:
    """By what they are; `tool`, `article` and so on stand below their lists."""

    tool: ToolPage
    articles: ArticleIndexPage
    article: ArticlePage
    portraits: PortraitIndexPage
    portrait: PortraitPage
    lexicon: LexiconPage
    term: TermPage
    charter: CharterPage
    guides: GuideIndexPage
    guide: GuidePage
    faq: FaqPage
    kit: WelcomeKitPage


def below(parent: Page, kind: type[Page], title: str, **fields: Any) -> Any:
    return parent.add_child(instance=kind(title=title, locale=parent.locale, **fields))


def a_term(lexicon: LexiconPage, title: str, short: str = "A word.", **fields: Any) -> TermPage:
    return below(lexicon, TermPage, title, short=short, **fields)


def step(text: str, **fields: Any) -> tuple[str, dict[str, Any]]:
    return "step", {"heading": "Look", "text": text, "tip": "", "networks": []} | fields


def furnish(house: Any, person: Any) -> Rooms:
    home = house.home
    articles = below(home, ArticleIndexPage, "Articles")
    article = below(
        articles,
        ArticlePage,
        "Without the letter e",
        summary="Twelve people tried.",
        author=person,
        body=[("text", "<p>Each hashtag was long. A hashtag again.</p>")],
    )
    portraits = below(home, PortraitIndexPage, "Portraits")
    portrait = below(
        portraits,
        PortraitPage,
        "Nia",
        lead="Loves herons.",
        person=person,
        answers=[("answer", {"question": "Why?", "answer": "<p>For the birds.</p>"})],
    )
    lexicon = below(home, LexiconPage, "Lexique")
    term = a_term(lexicon, "hashtag", "A word with a sign in front.", variants="hashtags")
    charter = below(
        home,
        CharterPage,
        "Notre charte",
        lead="Short.",
        commitments=[("commitment", {"title": "We say thank you", "body": "<p>Always.</p>"})],
    )
    guides = below(home, GuideIndexPage, "Guides")
    guide = below(guides, GuidePage, "For families", lead="Calm.", **_guide())
    faq = below(home, FaqPage, "Questions", groups=[("group", _group())])
    tool = below(
        house.tutorials,
        ToolPage,
        "Lists",
        summary="Read ten people closely.",
        steps=[step(f"<p>{HOSTILE.replace('<b>', '')}</p>")],
        related_tutorials=[house.tutorial],
        related_challenges=[house.riddle],
    )
    kit = below(
        home,
        WelcomeKitPage,
        "Welcome",
        lead=HOSTILE,
        lessons=[("page", house.tutorial), ("page", tool)],
        terms=[("page", term)],
        charter=charter,
        guide=guide,
    )
    return Rooms(
        tool=tool,
        articles=articles,
        article=article,
        portraits=portraits,
        portrait=portrait,
        lexicon=lexicon,
        term=term,
        charter=charter,
        guides=guides,
        guide=guide,
        faq=faq,
        kit=kit,
    )


def _guide() -> dict[str, Any]:
    contact = {
        "name": "Listening line",
        "what_for": "Somebody to talk to.",
        "phone": "+32 103",
        "url": "https://line.example/",
        "country": "Belgium",
        "hours": "day and night",
    }
    return {
        "audience": "families",
        "sections": [("section", {"heading": "The law", "body": "<p>A hashtag is public.</p>"})],
        "contacts": [("contact", contact)],
    }


def _group() -> dict[str, Any]:
    answer = "<p>Yes &lt;/script&gt; <b>now</b>.</p>"
    return {"title": "To begin", "questions": [{"question": "May I come?", "answer": answer}]}
