"""A link on the hashtag: shared in two forms by two people, it is one item, told by its page."""

from datetime import timedelta

import pytest

from community.consent import change_consent
from community.exporting import export_person
from community.linking import merge_participants
from community.models import AccountLink, Consent, Participant
from curation.links.describing import describe
from curation.links.gleaning import glean
from curation.links.joining import part_items
from curation.links.uniting import unite
from curation.models import Find, Item, ItemPicture, Snapshot
from microblog.models import Account, Post
from microblog.recording import record_posts
from tests.builders import NOON, a_connection, heard_post, said
from tests.photos import a_photo

pytestmark = pytest.mark.django_db
PAGE = "https://blog.example.org/2026/nouer-un-fil"
WORDS = " ".join(
    f"Le fil numéro {n} se noue avec patience au bord de la rivière." for n in range(40)
)
HTML = f"""<!doctype html><html lang="fr"><head><title>Nouer un fil | Le blog</title>
<meta property="og:title" content="Nouer un fil">
<meta property="og:description" content="En trois pas.">
<meta property="og:site_name" content="Le blog">
<meta property="og:image" content="https://blog.example.org/fil.jpg">
<meta name="author" content="Ada Martin">
<meta property="article:published_time" content="2026-05-01">
<link rel="canonical" href="https://blog.example.org/2026/nouer-un-fil">
</head><body><article><h1>Nouer un fil</h1><p>{WORDS}</p></article></body></html>"""


@pytest.fixture
def social(db):
    return a_connection()


def share(social, who: str, link: str, text: str = "À lire #Envol", **fields) -> Post:
    return said(f"{text} {link}", on=social, by=who, links=(link,), **fields)


def join(who: str, consent: str = "show") -> Participant:
    account = Account.objects.get(handle=f"{who}@social.example")
    person = Participant.objects.create(name=who.title(), consent=consent)
    AccountLink.objects.create(account=account, participant=person, proof="code")
    return person


def all_steps() -> None:
    for step in (glean, describe, unite):
        while step(NOON + timedelta(minutes=5)):
            pass


def test_two_forms_one_item_two_finders_then_one(social, web):
    web.says(PAGE, HTML)
    web.moves("https://court.example/f", PAGE)
    web.says(
        "https://blog.example.org/fil.jpg", a_photo(size=(800, 600)).read(), media_type="image/jpeg"
    )
    share(social, "nia", f"{PAGE}?utm_source=social#bas")
    edited = heard_post("Lu #Envol", by="tomas", links=("https://court.example/f",))
    record_posts(social, [edited], via="hashtag", now=NOON)
    nia, tomas = join("nia"), join("tomas")
    all_steps()
    item = Item.objects.standing().get()
    assert (item.title, item.summary, item.author) == (
        "Nouer un fil",
        "En trois pas.",
        "Ada Martin",
    )
    assert (item.site_name, item.language, item.finders) == ("Le blog", "fr", 2)
    assert item.url == PAGE
    assert {find.finder for find in item.finds.all()} == {nia, tomas}
    assert "rivière" in Snapshot.objects.get(item=item).text
    assert ItemPicture.objects.get(item=item).width == 640

    without = Post.objects.get(uri=edited.uri)
    without.links = []
    without.fingerprint = "edited"
    without.save()
    all_steps()
    item.refresh_from_db()
    assert item.finders == 1
    assert item.finds.get().finder == nia


def test_what_nobody_brings_any_more_disappears(social):
    post = share(social, "rex", PAGE)
    glean(NOON)
    assert Item.objects.get().finders == 1
    Post.objects.filter(pk=post.pk).update(deleted_at=NOON, links=[], fingerprint="deleted")
    glean(NOON)
    assert not Item.objects.exists()


def test_what_somebody_decided_on_stays(social):
    post = share(social, "rex", PAGE)
    glean(NOON)
    Item.objects.update(state="published", decided_at=NOON)
    Post.objects.filter(pk=post.pk).update(deleted_at=NOON, fingerprint="deleted")
    glean(NOON)
    assert Item.objects.get().finders == 0


@pytest.mark.parametrize(
    "link",
    [
        "https://envol.example/fr/defis/",
        "https://social.example/@nia",
        "https://social.example/tags/envol",
        "https://another.example/@nia/112233445566778899",
        "https://bsky.app/profile/nia.example",
        "mailto:nia@example.org",
    ],
)
def test_talk_is_nothing_to_read(social, link):
    share(social, "nia", link)
    glean(NOON)
    assert not Item.objects.exists()


@pytest.mark.parametrize("visibility", ["followers", "direct"])
def test_what_isn_t_open_is_not_read(social, visibility):
    post = share(social, "nia", PAGE)
    Post.objects.filter(pk=post.pk).update(visibility=visibility)
    glean(NOON)
    assert not Item.objects.exists()


def test_a_link_that_leads_nowhere_stops_nobody_else_s(social):
    share(social, "rex", "https://www.google.com/%75rl?q=http://")
    share(social, "nia", PAGE)
    assert glean(NOON) == 2
    assert Item.objects.get().url == PAGE


def test_signs_that_nobody_can_keep_are_left_out(social, web):
    oembed = "https://blog.example.org/oembed"
    link = f'<link rel="alternate" type="application/json+oembed" href="{oembed}">'
    web.says(PAGE, f"<html><head>{link}</head><body></body></html>")
    web.says(oembed, r'{"title": "\ud800Nouer\u0000 un \uffff fil"}', media_type="application/json")
    share(social, "nia", PAGE)
    all_steps()
    assert Item.objects.get().title == "Nouer un fil"


def test_without_the_hashtag_or_from_the_bot_nothing(social):
    share(social, "nia", PAGE, text="À lire")
    mine = share(social, "nia", PAGE)
    Post.objects.filter(pk=mine.pk).update(author=social.account)
    glean(NOON)
    assert not Item.objects.exists()


def test_who_wants_nothing_kept_takes_it_along_and_may_come_back(social):
    share(social, "nia", PAGE)
    nia = join("nia")
    glean(NOON)
    assert export_person(nia)["found_links"][0]["address"] == PAGE
    change_consent(nia, Consent.NOTHING, now=NOON)
    assert not Item.objects.exists()
    change_consent(nia, Consent.SHOW, now=NOON)
    glean(NOON)
    assert Find.objects.get().finder == nia


def test_two_accounts_of_one_person_count_once(social):
    share(social, "nia", PAGE)
    share(social, "nia2", PAGE)
    glean(NOON)
    assert Item.objects.get().finders == 2
    one, other = join("nia"), join("nia2")
    merge_participants(other, into=one)
    assert Item.objects.get().finders == 1


def test_a_text_in_two_places_is_one_item_until_it_is_parted(social, web, olga):
    web.says(PAGE, HTML)
    again = "https://revue.example.net/fil"
    body = HTML.replace("https://blog.example.org/2026/nouer-un-fil", again)
    web.says(again, body.replace("fil.jpg", "rien.jpg"))
    web.says("https://blog.example.org/fil.jpg", b"no picture", media_type="image/jpeg")
    share(social, "nia", PAGE)
    share(social, "tomas", again)
    all_steps()
    stays = Item.objects.standing().get()
    assert stays.finders == 2
    gone = Item.objects.get(united_with=stays)
    part_items(gone, by=olga, now=NOON)
    Item.objects.update(compared_at=None)
    all_steps()
    assert Item.objects.standing().count() == 2
    assert set(Item.objects.values_list("finders", flat=True)) == {1}


def test_a_page_can_t_take_another_s_address(social, web):
    web.says(PAGE, HTML)
    thief = "https://thief.example/page"
    web.says(thief, f'<html><head><title>Autre</title><link rel="canonical" href="{PAGE}"></head>')
    share(social, "nia", PAGE)
    share(social, "rex", thief)
    all_steps()
    assert Item.objects.standing().count() == 2


def test_a_page_that_is_gone_keeps_its_link_and_is_asked_no_more(social, web):
    web.says(PAGE, "gone", status=410)
    share(social, "nia", PAGE)
    all_steps()
    item = Item.objects.get()
    assert (item.describe_fault, item.describe_at) == ("status_410", None)


def test_a_silent_server_is_asked_less_and_less(social):
    share(social, "nia", "https://nobody.invalid/a")
    glean(NOON)
    from_now = []
    now = NOON
    while (at := Item.objects.get().describe_at) is not None:
        now = max(now, at)
        describe(now)
        from_now.append(now - NOON)
    assert len(from_now) == 5
    assert from_now == sorted(from_now)


def test_a_batch_costs_no_more_than_a_small_one(social, count_queries):
    def share_some(numbers) -> None:
        for number in numbers:
            share(social, f"p{number}", f"https://blog.example.org/{number}")

    share_some(range(3))
    few = count_queries(lambda: glean(NOON))
    share_some(range(3, 23))
    many = count_queries(lambda: glean(NOON))
    assert many <= few <= 32
    Item.objects.update(describe_at=None)
    few = count_queries(lambda: unite(NOON, batch=3))
    many = count_queries(lambda: unite(NOON, batch=20))
    assert many <= few <= 12
