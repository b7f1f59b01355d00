"""What one may look for, and which page is what."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from challenges.models import ChallengeIndexPage, ChallengePage
from cms.models import (
    ArticleIndexPage,
    ArticlePage,
    LexiconPage,
    PortraitIndexPage,
    PortraitPage,
    TermPage,
    ToolPage,
    TutorialIndexPage,
    TutorialPage,
)


class Facet(models.TextChoices):
    """In the order in which results are shown. EVERYTHING is a few of each."""

    EVERYTHING = "", _("everything")
    WORDS = "words", _("words")
    LESSONS = "lessons", _("tutorials and tools")
    CHALLENGES = "challenges", _("challenges")
    READING = "reading", _("worth reading")
    STORIES = "stories", _("articles and portraits")
    PAGES = "pages", _("guides and pages")
    POSTS = "posts", _("posts of the community")


OF_PAGES = (Facet.WORDS, Facet.LESSONS, Facet.CHALLENGES, Facet.STORIES, Facet.PAGES)
"""Those that pages stand under."""

_CLASSES: dict[Facet, tuple[type[Page], ...]] = {
    Facet.WORDS: (LexiconPage, TermPage),
    Facet.LESSONS: (TutorialIndexPage, TutorialPage, ToolPage),
    Facet.CHALLENGES: (ChallengeIndexPage, ChallengePage),
    Facet.STORIES: (ArticleIndexPage, ArticlePage, PortraitIndexPage, PortraitPage),
}


def facet_of(page: Page) -> Facet:
    """Of a page in its own class."""
    for facet, classes in _CLASSES.items():
        if isinstance(page, classes):
            return facet
    return Facet.PAGES


def read_facet(name: str) -> Facet:
    """Everything, for a name that isn't known."""
    return Facet(name) if name in Facet.values else Facet.EVERYTHING
