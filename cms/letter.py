"""What the house tells in the letter of the week: challenges, people, pages."""

from collections.abc import Iterator, Sequence

from django.db.models import OuterRef, Subquery
from wagtail.models import Page
from wagtail.query import PageQuerySet

from challenges.catalogue import page_address
from challenges.models import ChallengePage, Launch
from cms.models import ArticlePage, PortraitPage, ToolPage, TutorialPage
from community.sites import open_to_all
from curation.digest.sections import Told, Week, enter_writer
from curation.models import DigestEntry

Section = DigestEntry.Section
MOST = 5
PAGES = (ArticlePage, TutorialPage, ToolPage)


def _here(pages: PageQuerySet, week: Week) -> PageQuerySet:
    """Of the week's MOOC and language, for everybody to read."""
    homes = week.site.root_page.get_translations(inclusive=True)
    home = homes.filter(locale__language_code=week.language).first()
    return pages.live().filter(open_to_all()).descendant_of(home) if home else pages.none()


def _new(pages: PageQuerySet, week: Week) -> PageQuerySet:
    """Published in that week for the first time."""
    newest = _here(pages, week).order_by("-first_published_at")
    return newest.filter(first_published_at__gt=week.since, first_published_at__lte=week.until)


def challenges_of(week: Week) -> Iterator[Told]:
    """Open ones that went out in that week, for the first time or again; the last one first. When
    their pages were published says nothing: a queue launches what was ready long before."""
    rounds = Launch.objects.filter(challenge_key=OuterRef("translation_key"))
    of_the_week = rounds.filter(promised_at__gt=week.since, promised_at__lte=week.until)
    last = of_the_week.order_by("-promised_at").values("promised_at")[:1]
    launched = ChallengePage.objects.annotate(launched_at=Subquery(last))
    open_ones = launched.filter(closed_at=None).exclude(launched_at=None)
    for page in _here(open_ones, week).order_by("-launched_at")[:MOST]:
        yield _told(Section.CHALLENGES, page, page.intro, week)


def portraits_of(week: Week) -> Iterator[Told]:
    for page in _new(PortraitPage.objects.shown(), week)[:MOST]:
        named = [page.person_id] if page.person_id else []
        yield _told(Section.PEOPLE, page, page.lead, week, named=named)


def pages_of(week: Week) -> Iterator[Told]:
    """Articles, tutorials, tools: the newest of each kind."""
    for kind in PAGES:
        for page in _new(kind.objects.all(), week)[:MOST]:
            yield _told(Section.PAGES, page, page.summary, week)


def _told(
    section: DigestEntry.Section,
    page: Page,
    text: str,
    week: Week,
    *,
    named: Sequence[int] = (),
) -> Told:
    return Told(
        section,
        page.title,
        text,
        page_address(page) or week.root_url,
        origin=f"page:{page.translation_key}",
        named=named,
    )


enter_writer("challenges", challenges_of)
enter_writer("portraits", portraits_of)
enter_writer("pages", pages_of)
