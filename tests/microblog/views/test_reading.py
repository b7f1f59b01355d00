from datetime import timedelta

import pytest
from django.urls import reverse

from microblog.gateways.base import Visibility
from microblog.models import Account, TimelineSettings
from microblog.timeline.photos import Photo, keep_photo
from microblog.timeline.pictures import read_picture
from microblog.timeline.reacting import follow, toggle_boost, toggle_favourite
from microblog.timeline.streams import PAGE, Key
from microblog.timeline.writing import delete_post, edit_post, write_post
from tests.photos import a_photo

LOCAL = "microblog:local_timeline"
MINUTE = timedelta(minutes=1)
MOST_QUERIES = 15


@pytest.fixture
def closed(client, db) -> None:
    settings = TimelineSettings.for_request(client.get(reverse(LOCAL)).wsgi_request)
    settings.is_open = False
    settings.save()


def test_strangers_read_and_are_invited(client, nia_account, now):
    write_post(nia_account, text="Bonjour les gens", now=now)

    page = client.get(reverse(LOCAL)).content.decode()
    assert "Bonjour les gens" in page
    assert reverse("account_signup") in page
    assert "<textarea" not in page


def test_a_closed_timeline_asks_strangers_to_sign_in(
    closed, client, nia_account, signed_in, nia, now, page_of
):
    post = write_post(nia_account, text="Entre nous #classe", now=now)
    pages = [
        reverse(LOCAL),
        reverse("microblog:hashtag", args=["classe"]),
        reverse("microblog:profile", args=["nia"]),
        reverse("microblog:followers", args=["nia"]),
        page_of(post),
    ]

    assert all("login" in client.get(page).url for page in pages)
    signed_in(nia)
    assert [client.get(page).status_code for page in pages] == [200] * 5


def test_home_is_for_people_with_an_account(client, db):
    assert "login" in client.get(reverse("microblog:home_timeline")).url


def test_a_login_without_an_account_may_open_one(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("root1"))
    answer = client.get(reverse("microblog:home_timeline"))
    assert answer.url == reverse("microblog:open_account")

    assert client.post(answer.url, {"handle": "admin"}).status_code == 422
    client.post(answer.url, {"handle": "racine", "display_name": "Racine"})

    assert Account.objects.get(handle="racine").user.username == "root1"
    assert client.get(reverse("microblog:home_timeline")).status_code == 200


def test_older_posts_are_one_link_away(client, nia_account, now):
    for number in range(PAGE + 3):
        write_post(nia_account, text=f"numéro {number}.", now=now + number * MINUTE)

    first = client.get(reverse(LOCAL))
    second = client.get(first.context["older_url"])

    assert len(first.context["entries"]) == PAGE
    assert [entry.post.text for entry in second.context["entries"]] == [
        "numéro 2.",
        "numéro 1.",
        "numéro 0.",
    ]
    assert second.context["newer_url"] == reverse(LOCAL)


def test_what_is_new_is_counted_and_then_shown(signed_in, nia, nia_account, tomas_account, now):
    write_post(tomas_account, text="avant", now=now)
    browser = signed_in(nia)
    after = browser.get(reverse(LOCAL)).context["newest"]
    count = {"part": "count", "after": after}
    assert browser.get(reverse(LOCAL), count).status_code == 204

    write_post(tomas_account, text="maintenant", now=now + MINUTE)

    button = browser.get(reverse(LOCAL), count).content.decode()
    news = browser.get(reverse(LOCAL), {"part": "posts", "after": after}).content.decode()
    assert "hx-get" in button
    assert "maintenant" in news
    assert "avant" not in news
    assert "hx-swap-oob" in news
    assert "<html" not in news


def test_an_empty_timeline_hears_of_its_first_post(client, nia_account, now):
    after = client.get(reverse(LOCAL)).context["newest"]
    write_post(nia_account, text="premier", now=now)

    assert client.get(reverse(LOCAL), {"part": "count", "after": after}).status_code == 200


@pytest.mark.parametrize("query", ["before=x", "part=count", "part=count&after=x", "before=1-1-1"])
def test_strange_questions_get_calm_answers(client, db, query):
    assert client.get(f"{reverse(LOCAL)}?{query}").status_code in {200, 204}


def test_a_thread_shows_its_post_with_room_for_an_answer(
    client, signed_in, nia, nia_account, tomas_account, now, page_of
):
    root = write_post(tomas_account, text="La question", now=now)
    answer = write_post(nia_account, text="La réponse", in_reply_to=root, now=now)

    page = client.get(page_of(answer)).content.decode().partition("<main")[2]
    assert page.index("La question") < page.index("La réponse")
    assert "<textarea" not in page
    signed_in(nia)
    context = client.get(page_of(answer)).context
    assert context["continues"]
    assert context["form"].in_reply_to == answer


def test_an_edited_post_says_so(client, nia_account, now, page_of):
    post = write_post(nia_account, text="avant", now=now)
    edit_post(post, text="après", now=now)

    page = client.get(page_of(post).replace("/fr/", "/en/")).content.decode()
    assert "après" in page
    assert "edited" in page


def test_words_behind_a_warning_are_folded_and_in_no_summary(client, nia_account, now, page_of):
    post = write_post(nia_account, text="Le chien meurt", content_warning="Film", now=now)

    page = client.get(page_of(post)).content.decode()
    assert page.index("<details") < page.index("Le chien meurt")
    assert page.count("Le chien meurt") == 1


def test_private_posts_are_for_those_whom_they_name(
    client, signed_in, nia, tomas, tomas_account, now, page_of
):
    secret = write_post(tomas_account, text="@nia psst", visibility=Visibility.DIRECT, now=now)

    assert client.get(page_of(secret)).status_code == 404
    assert signed_in(nia).get(page_of(secret)).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "@nobody/",
        "@nia/123/",
        "@nia/1;drop/",
        "@nobody/123/",
        "@nia/edit/",
        "@nia%00/",
        "@nia/1%00/",
    ],
)
def test_what_nobody_wrote_is_not_there(client, nia, path):
    assert client.get(f"/fr/timeline/{path}").status_code == 404


def test_addresses_without_a_language_lead_to_pages(client, nia_account, now):
    post = write_post(nia_account, text="#été", now=now)
    ask = {"Accept-Language": "en"}

    assert client.get(post.url, headers=ask).url == f"/en/timeline/@nia/{post.number}/"
    assert client.get("/@nia").url == "/fr/timeline/@nia/"
    answer = client.get("/tags/%C3%A9t%C3%A9", headers=ask)
    assert answer.url == "/en/timeline/tags/%C3%A9t%C3%A9/"
    assert "Accept-Language" in answer.headers["Vary"]
    assert "#été" in client.get(answer.url).content.decode()


def _page_queries(browser, path, count_queries) -> int:
    browser.get(path)  # what is remembered for a minute is remembered now
    return count_queries(lambda: browser.get(path))


def test_pages_cost_the_same_for_few_posts_and_for_many(
    signed_in, nia, nia_account, tomas_account, now, page_of, count_queries
):
    browser = signed_in(nia)
    follow(nia_account, tomas_account, now=now)
    root = write_post(tomas_account, text="racine", now=now)
    pages = [
        reverse(LOCAL),
        reverse("microblog:home_timeline"),
        reverse("microblog:hashtag", args=["tous"]),
        reverse("microblog:profile", args=["tomas"]),
        reverse("microblog:notifications"),
        page_of(root),
    ]

    def fill(count: int) -> None:
        for _number in range(count):
            photo = Photo(keep_photo(tomas_account, read_picture(a_photo(size=(4, 4)))), "")
            post = write_post(
                tomas_account, text="@nia #tous", photos=[photo], in_reply_to=root, now=now
            )
            toggle_boost(tomas_account, post, now=now)
            toggle_favourite(nia_account, post, now=now)

    fill(5)
    few = [_page_queries(browser, page, count_queries) for page in pages]
    fill(35)
    many = [_page_queries(browser, page, count_queries) for page in pages]

    assert few == many
    assert max(many) <= MOST_QUERIES, dict(zip(pages, many, strict=True))


def test_a_deleted_post_leaves_the_timelines(client, nia_account, now, page_of):
    post = write_post(nia_account, text="à effacer", now=now)
    delete_post(post, now=now)

    assert "à effacer" not in client.get(reverse(LOCAL)).content.decode()
    assert client.get(page_of(post)).status_code == 410


def test_the_first_key_comes_before_all_posts(now):
    assert Key.beginning() < Key(now, 0, 1)
