"""What is promised about a page follows the page, and the wishes of whom it names."""

import pytest
from wagtail.models import PageViewRestriction

from cms.comments.gathering import backlog, gather
from cms.comments.telling import open_talk
from cms.models import ArticleIndexPage, ArticlePage, PortraitIndexPage, PortraitPage
from community.consent import change_consent
from community.models import Consent
from microblog.models import OutboxPost
from tests.builders import NOON, a_connection
from tests.cms.contributing.building import a_house

pytestmark = pytest.mark.django_db


@pytest.fixture
def portrait(db, nia) -> PortraitPage:
    a_house()
    index = PortraitIndexPage.objects.get()
    page = PortraitPage(title="Bérénice", lead="Accordeuse de pianos.", locale=index.locale)
    page.person = nia.participant
    return index.add_child(instance=page)


@pytest.fixture
def article(db, nia) -> ArticlePage:
    a_house()
    index = ArticleIndexPage.objects.get()
    page = ArticlePage(title="Une semaine", summary="Sept jours.", locale=index.locale)
    page.author, page.author_name = nia.participant, "Nia Bêlante"
    return index.add_child(instance=page)


def ask(page, olga) -> None:
    open_talk(page, is_open=True, tell=True, by=olga, now=NOON)


def promised() -> list[str]:
    return list(OutboxPost.objects.waiting().order_by("pk").values_list("text", flat=True))


def test_a_portrait_is_told_of_only_while_its_person_agrees(portrait, nia, olga, practice):
    change_consent(nia.participant, Consent.COUNT, now=NOON)
    ask(portrait, olga)
    assert gather(NOON) == backlog(NOON).count == 0
    assert promised() == [], "the page answers 404: nobody is led there"
    change_consent(nia.participant, Consent.SHOW, now=NOON)
    gather(NOON)
    assert "Bérénice" in promised()[0]
    change_consent(nia.participant, Consent.COUNT, now=NOON)
    gather(NOON)
    assert promised() == [], "what wasn't said yet stays unsaid"
    change_consent(nia.participant, Consent.SHOW, now=NOON)
    for _again in range(2):
        gather(NOON)
    assert len(promised()) == OutboxPost.objects.count() == 1


@pytest.mark.parametrize("end", ["unpublished", "deleted", "behind a password"])
def test_a_page_that_closes_takes_its_promises_along(article, olga, practice, end):
    ask(article, olga)
    gather(NOON)
    assert len(promised()) == 1
    if end == "unpublished":
        article.unpublish()
    elif end == "deleted":
        article.delete()
    else:
        PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.LOGIN)
    gather(NOON)
    assert promised() == []


def test_an_author_who_withdraws_is_not_named_in_what_is_still_to_be_said(
    article, nia, olga, practice
):
    ask(article, olga)
    gather(NOON)
    assert "Nia Bêlante" in promised()[0]
    change_consent(nia.participant, Consent.COUNT, now=NOON)
    gather(NOON)
    [text] = promised()
    assert "Nia" not in text and "Une semaine" in text
    article.title = "Huit jours"
    article.save()
    gather(NOON)
    assert "Huit jours" in promised()[0]


def test_what_was_said_or_is_being_said_is_left_alone(article, olga, practice):
    said = a_connection()
    ask(article, olga)
    gather(NOON)
    OutboxPost.objects.filter(connection=said).update(said_version=1, said_at=NOON)
    OutboxPost.objects.exclude(connection=said).update(claimed_until=NOON.replace(hour=23))
    article.unpublish()
    gather(NOON)
    assert not OutboxPost.objects.exclude(given_up_at=None).exists()


def test_putting_right_costs_the_same_for_many(article, olga, practice, count_queries):
    def publish_and_close(number: int) -> int:
        pages = [
            article.get_parent().add_child(
                instance=ArticlePage(title=f"N {number}{one}", summary="…", locale=article.locale)
            )
            for one in range(number)
        ]
        for page in pages:
            ask(page, olga)
        gather(NOON)
        ArticlePage.objects.filter(pk__in=[page.pk for page in pages]).update(live=False)
        return count_queries(lambda: gather(NOON))

    publish_and_close(1)
    assert publish_and_close(5) == publish_and_close(2)
