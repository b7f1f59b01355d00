"""What the house tells in the letter of the week: challenges, people, pages."""

from collections.abc import Iterator, Sequence

from wagtail.models import Page
from wagtail.query import PageQuerySet

from challenges.catalogue import page_address
from challenges.models import ChallengePage
from cms.models import ArticlePage, PortraitPage, ToolPage, TutorialPage
from curation.digest.sections import Told, Week, enter_writer
from curation.models import DigestEntry

Section = DigestEntry.Section
MOST = 5
PAGES = (ArticlePage, TutorialPage, ToolPage)


def _new(pages: PageQuerySet, week: Week) -> PageQuerySet:
    """Of the week's MOOC and language, published in that week for the first time."""
    homes = week.site.root_page.get_translations(inclusive=True)
    home = homes.filter(locale__language_code=week.language).first()
    if home is None:
        return pages.none()
    newest = pages.live().public().descendant_of(home).order_by("-first_published_at")
    return newest.filter(first_published_at__gt=week.since, first_published_at__lte=week.until)


def challenges_of(week: Week) -> Iterator[Told]:
    """New ones that are open."""
    open_ones = ChallengePage.objects.filter(closed_at=None)
    for page in _new(open_ones, week)[:MOST]:
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
