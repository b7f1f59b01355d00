"""Two curators at the review desk at once."""

import pytest

from curation.deciding import drop_items, pick_item
from curation.models import Item, Pick
from tests.curation.desking import post
from tests.curation.items import an_item

pytestmark = pytest.mark.django_db
State = Item.State


def test_the_script_is_told_what_is_gone_and_who_was_quicker(client, olga, tomas, now):
    one, two = an_item("One"), an_item("Two")
    client.force_login(tomas)
    drop_items([one], by=olga, now=now)
    data = {"decision": "publish", "item": [one.pk, two.pk]}
    told = post(client, "decide", data, scripted=True).json()
    assert (sorted(told["gone"]), told["waiting"]) == ([one.pk, two.pk], 0)
    assert "olga was quicker: set aside." in told["toast"]
    twice = post(client, "decide", {"decision": "publish", "item": two.pk}, scripted=True).json()
    assert "quicker" not in twice["toast"]
    back = post(client, "undo", scripted=True).json()
    assert back["back"] == [two.pk]


def test_who_was_slower_keeps_the_sentence_and_may_mean_it(client, olga, tomas, now):
    one, two = an_item("One"), an_item("Two")
    client.force_login(tomas)
    words = {"sentence": "Worth it.", "language": "en", "axis": "with", "depth": "begin"}
    drop_items([one], by=olga, now=now)
    pane = post(client, "pick", words, args=(one.pk,), scripted=True)
    assert pane.status_code == 422
    assert all(
        said in pane.content.decode() for said in ("olga was quicker", "Worth it.", "anyway")
    )
    assert post(client, "pick", {**words, "anyway": "1"}, args=(one.pk,)).status_code == 302
    assert Pick.objects.get().sentence == "Worth it."
    pick_item(two, by=olga, now=now, **{**words, "sentence": "Hers."})
    page = post(client, "pick", words, args=(two.pk,)).content.decode()
    assert "Hers." in page and "Worth it." in page and 'name="pick"' in page
    post(client, "undo")
    assert Item.objects.get(pk=one.pk).state == State.DROPPED
