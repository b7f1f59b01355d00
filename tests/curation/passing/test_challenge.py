"""Something to read becomes a challenge in a click: a draft, once, for organisers alone."""

import pytest
from django.urls import reverse
from django.utils import translation

from challenges.models import MiniChallengePage
from cms.models import ItemChallenge
from tests.challenges.building import a_site
from tests.curation.passing.building import a_pick, an_item

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def click(client, item):
    return client.post(reverse("cms:challenge_of_item", args=[item.pk]))


def test_a_second_click_leads_to_the_same_draft(client, olga):
    a_site()
    item = an_item("Les fils, mode d’emploi")
    a_pick(item, "Pour oser un fil.", by=olga.participant)
    client.force_login(olga)
    page = client.get(reverse("curation:item", args=[item.pk])).content.decode()
    assert reverse("cms:challenge_of_item", args=[item.pk]) in page

    first, second = click(client, item), click(client, item)

    draft = MiniChallengePage.objects.get()
    assert ItemChallenge.objects.get().page_id == draft.pk
    assert first.url == second.url == reverse("wagtailadmin_pages:edit", args=[draft.pk])
    assert not draft.live
    assert draft.intro == "Pour oser un fil."
    assert draft.locale.language_code == "fr"
    rules = [rule.block_type for level in draft.levels for rule in level.value["rules"]]
    assert rules == ["at_least_words", "link", "reply"]
    assert item.url in draft.levels[0].value["task"].source
    assert client.get(first.url).status_code == 200


@pytest.mark.parametrize("sentence", ["Pour oser un fil. " * 25, ""])
def test_much_was_said_of_it_or_nothing(client, olga, sentence):
    a_site()
    item = an_item(url=f"https://read.example/{'long-' * 60}", summary="")
    type(item).objects.filter(pk=item.pk).update(title="")
    if sentence:
        a_pick(item, sentence, by=olga.participant)
    client.force_login(olga)
    assert click(client, item).status_code == 302
    draft = MiniChallengePage.objects.get()
    assert 0 < len(draft.intro) <= 300 and item.url in draft.levels[0].value["task"].source


@pytest.mark.parametrize("who", [None, "nia", "tomas"])
def test_nobody_else_may(client, nia, tomas, who):
    a_site()
    item = an_item()
    if who:
        client.force_login({"nia": nia, "tomas": tomas}[who])

    assert click(client, item).status_code == 403
    assert not MiniChallengePage.objects.exists()
    page = client.get(reverse("curation:item", args=[item.pk])).content.decode()
    assert reverse("cms:challenge_of_item", args=[item.pk]) not in page


def test_without_a_list_of_challenges_nothing_is_promised(client, olga):
    client.force_login(olga)

    assert click(client, an_item()).status_code == 403
