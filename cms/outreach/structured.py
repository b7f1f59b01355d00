"""What a page is, told to machines in the words of schema.org."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.translation import get_language
from wagtail.models import Page

from challenges.models import ChallengePage
from cms.models import (
    ArticlePage,
    HomePage,
    PortraitPage,
    TermPage,
    ToolPage,
    TutorialPage,
)
from cms.navigation import frame_of
from community.models import LiveEvent

Facts = dict[str, Any]


def facts_of(subject: object, request: HttpRequest) -> Facts | None:
    """A JSON-LD object; None for what schema.org has no good word for."""
    for kind, tell in _TELLERS.items():
        if isinstance(subject, kind):
            told = tell(subject, request)
            return {"@context": "https://schema.org", **{k: v for k, v in told.items() if v}}
    return None


def _house(request: HttpRequest) -> Facts:
    frame = frame_of(request)
    logo = frame.mooc.logo
    return {
        "@type": "Organization",
        "name": frame.name,
        "url": request.build_absolute_uri(frame.home),
        "logo": logo.for_links if logo else _bird(request),
        **({"description": frame.mooc.description} if frame.mooc.description else {}),
    }


def _bird(request: HttpRequest) -> str:
    return request.build_absolute_uri(static("envol/img/bird-512.png"))


def _page(page: Page, request: HttpRequest, **facts: Any) -> Facts:
    return {
        "name": page.title,
        "url": page.get_full_url(request),
        "inLanguage": get_language(),
        "datePublished": page.first_published_at and page.first_published_at.isoformat(),
        "dateModified": page.last_published_at and page.last_published_at.isoformat(),
        "isAccessibleForFree": True,
        **facts,
    }


def _home(page: HomePage, request: HttpRequest) -> Facts:
    return {
        "@type": "WebSite",
        "name": frame_of(request).name,
        "url": page.get_full_url(request),
        "inLanguage": get_language(),
        "publisher": _house(request),
    }


def _lesson(page: TutorialPage | ToolPage, request: HttpRequest) -> Facts:
    return _page(
        page,
        request,
        **{
            "@type": "LearningResource",
            "description": page.summary,
            "timeRequired": f"PT{page.minutes}M",
            "learningResourceType": "tutorial",
            "publisher": _house(request),
        },
    )


def _article(page: ArticlePage, request: HttpRequest) -> Facts:
    author = page.byline
    return _page(
        page,
        request,
        **{
            "@type": "Article",
            "headline": page.title[:110],
            "description": page.summary,
            "author": {"@type": "Person", "name": author} if author else _house(request),
            "publisher": _house(request),
        },
    )


def _portrait(page: PortraitPage, request: HttpRequest) -> Facts:
    person = {"@type": "Person", "name": page.title}
    return _page(page, request, **{"@type": "ProfilePage", "mainEntity": person})


def _term(page: TermPage, request: HttpRequest) -> Facts:
    return {
        "@type": "DefinedTerm",
        "name": page.title,
        "description": page.short,
        "url": page.get_full_url(request),
        "inLanguage": get_language(),
    }


def _challenge(page: ChallengePage, request: HttpRequest) -> Facts:
    return _page(
        page,
        request,
        **{
            "@type": "LearningResource",
            "description": page.intro,
            "learningResourceType": "challenge",
            "publisher": _house(request),
        },
    )


def _event(event: LiveEvent, request: HttpRequest) -> Facts:
    return {
        "@type": "Event",
        "name": event.title,
        "description": event.description,
        "startDate": event.starts_at.isoformat(),
        "endDate": event.ends_at.isoformat(),
        "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
        "location": {
            "@type": "VirtualLocation",
            "url": request.build_absolute_uri(event.get_absolute_url()),
        },
        "inLanguage": event.language,
        "isAccessibleForFree": True,
        "organizer": _house(request),
    }


_TELLERS: Mapping[type, Callable[[Any, HttpRequest], Facts]] = {
    HomePage: _home,
    TutorialPage: _lesson,
    ToolPage: _lesson,
    ArticlePage: _article,
    PortraitPage: _portrait,
    TermPage: _term,
    ChallengePage: _challenge,
    LiveEvent: _event,
}
