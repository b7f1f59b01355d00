"""Which of two items stays, whose they are, and how a curator parts them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Site

from curation.deciding import edit_item
from curation.links.describing import describe
from curation.links.uniting import unite, unite_items
from curation.models import Item, ItemAddress, ItemPicture, Pick
from curation.recording import Found, record_found
from curation.topics import set_topics
from curation.undoing import undo_last
from tests.builders import NOON, a_user
from tests.curation.items import a_site, an_item
from tests.photos import a_photo

pytestmark = pytest.mark.django_db
PUBLISHED = {"state": "published", "shown_at": NOON, "decided_at": NOON}
EDITED = {"edited_fields": ["title"]}
LATER = NOON + timedelta(minutes=30)


def picked(item: Item) -> Item:
    Pick.objects.create(item=item, sentence="Short and clear.", language="en", picked_at=NOON)
    return item


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (lambda: picked(an_item(minutes=9)), lambda: an_item(**PUBLISHED)),
        (lambda: an_item(minutes=9, **PUBLISHED), lambda: an_item(**EDITED)),
        (lambda: an_item(minutes=9, **EDITED), an_item),
        (an_item, lambda: an_item(minutes=9)),
    ],
    ids=["picked", "published", "edited", "oldest"],
)
@pytest.mark.parametrize("first", [True, False])
def test_what_was_worked_on_most_stays(better, worse, first):
    stays, goes = better(), worse()
    pair = (stays.pk, goes.pk) if first else (goes.pk, stays.pk)
    assert unite_items(*pair, now=NOON) == stays
    goes.refresh_from_db()
    assert goes.united_with == stays


def test_topics_that_a_person_set_stand_alone_when_two_become_one():
    stays, goes = picked(an_item()), an_item(edited_fields=["topics"])
    set_topics(stays.pk, ["école", "adverts"])
    set_topics(goes.pk, ["école", "mer"])
    stays = unite_items(stays.pk, goes.pk, now=NOON)
    assert sorted(topic.name for topic in stays.topics.all()) == ["mer", "école"]
    again = an_item()
    set_topics(again.pk, ["image"])
    assert unite_items(stays.pk, again.pk, now=NOON) == stays
    assert stays.topics.count() == 2


def test_what_a_person_emptied_stays_empty_when_two_become_one():
    stays = picked(an_item(author="", summary="", edited_fields=["author"]))
    goes = an_item(author="A robot", summary="In short.")
    stays = unite_items(stays.pk, goes.pk, now=NOON)
    assert (stays.author, stays.summary) == ("", "In short.")


def test_one_link_in_two_moocs_is_two_items(site_of_another_mooc):
    words = " ".join(f"Le fil {n} se noue avec patience." for n in range(60))
    found = Found("https://blog.example.org/fil", NOON, title="Nouer un fil en mer", text=words)
    [here] = record_found([found], site_id=a_site().pk, now=NOON)
    [there] = record_found([found], site_id=site_of_another_mooc.pk, now=NOON)
    Item.objects.update(described_at=NOON)
    assert unite(NOON) == 2
    assert {item.site_id for item in Item.objects.standing()} == {here.site_id, there.site_id}


@pytest.fixture
def site_of_another_mooc(db) -> Site:
    root = a_site().root_page
    return Site.objects.create(hostname="autre.example", root_page=root, site_name="Autre")


def to_describe(*urls: str) -> list[Item]:
    return record_found([Found(url, NOON) for url in urls], site_id=a_site().pk, now=NOON)


def test_what_a_page_leaves_unsaid_its_oembed_says(web):
    page, oembed = "https://video.example/v/1", "https://video.example/oembed?v=1"
    web.says(
        page,
        f'<html><head><link rel="alternate" type="application/json+oembed" href="{oembed}">'
        "</head><body><p>…</p></body></html>",
    )
    said = '{"title": "Le fil", "author_name": "Ada", "provider_name": "Vidéos"}'
    web.says(oembed, said, media_type="application/json")
    [item] = to_describe(page)
    describe(NOON)
    item.refresh_from_db()
    assert (item.title, item.author, item.site_name) == ("Le fil", "Ada", "Vidéos")


def test_a_page_that_only_sends_on_is_read_where_it_leads(web):
    short, real = "https://t.example/x", "https://lire.example/un-fil"
    sends = '<html><head><title>…</title><meta http-equiv="Refresh" content="0;URL=\'{}\'"></head>'
    web.says(short, sends.format(real))
    web.says(real, "<html lang=fr><head><title>Un fil</title></head><body><p>…</p></body></html>")
    loop = "https://t.example/loop"
    web.says(loop, sends.format(loop))
    item, around = to_describe(short, loop)
    describe(NOON)
    item.refresh_from_db()
    around.refresh_from_db()
    assert (item.title, item.url) == ("Un fil", real)
    assert item.addresses.count() == 2 and around.url == loop
    [again] = to_describe(f"{real}?utm_source=x")
    assert again == item


def test_the_picture_is_the_one_that_an_editor_says_or_none(web, olga):
    page, own, other = (f"https://lire.example/{name}" for name in ("fil", "own.jpg", "other.jpg"))
    web.says(page, f'<html><head><meta property="og:image" content="{own}"></head>…</html>')
    for address in (own, other):
        web.says(address, a_photo(size=(800, 600)).read(), media_type="image/jpeg")

    def shown(**fields: str) -> str:
        for item in Item.objects.filter(pk=number):
            edit_item(item, fields, by=olga, now=NOON)
        describe(NOON)
        return "".join(ItemPicture.objects.values_list("source_url", flat=True))

    [number] = [item.pk for item in to_describe(page)]
    assert shown() == own
    assert shown(image_url=other) == other
    assert shown(image_url="") == ""
    assert undo_last(by=olga, site_id=a_site().pk, now=NOON) is not None
    assert shown() == other


def test_a_pdf_is_called_by_its_name(web):
    web.says("https://docs.example/Guide_du_fil.pdf", b"%PDF-1.7", media_type="application/pdf")
    [item] = to_describe("https://docs.example/Guide_du_fil.pdf")
    describe(NOON)
    item.refresh_from_db()
    assert (item.title, item.summary, item.describe_fault) == ("Guide du fil.pdf", "PDF", "")


def test_a_page_that_breaks_its_reader_stops_nobody(web):
    def break_it(_asked):
        raise RuntimeError("nobody thought of this")

    web.tells("https://poison.example/", break_it)
    web.says("https://odd.example/", b"<html><\xff\x00<title>", media_type="text/html")
    web.says("https://fine.example/", "<html><head><title>Le fil</title></head></html>")
    poison, _odd, fine = to_describe(
        "https://poison.example/", "https://odd.example/", "https://fine.example/"
    )
    assert describe(NOON) == 3
    poison.refresh_from_db()
    fine.refresh_from_db()
    assert (poison.describe_fault, fine.title) == ("unreadable", "Le fil")
    assert poison.describe_at is not None and poison.describe_at > NOON


def test_a_curator_parts_two_items_once(client, tomas):
    stays, goes = an_item("Toots in class"), an_item("Toots for all", minutes=1)
    ItemAddress.objects.create(site=a_site(), item=goes, key="k", url=goes.url)
    unite_items(stays.pk, goes.pk, now=NOON)
    with override("en"):
        desk = reverse("curation:in_view", args=[stays.pk])
        part = reverse("curation:part", args=[goes.pk])
    client.force_login(a_user("rex"))
    assert client.post(part).status_code == 403
    client.force_login(tomas)
    assert part in client.get(desk).content.decode()
    assert client.get(part).status_code == 405
    for words in ("Two items again", "stand apart already"):
        answer = client.post(part, {"next": desk}, follow=True)
        assert words in answer.content.decode()
    goes.refresh_from_db()
    assert goes.united_with is None and goes.addresses.count() == 1
    assert unite_items(stays.pk, goes.pk, now=LATER) is None
