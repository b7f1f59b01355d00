import pytest
from django.urls import reverse

from microblog.gateways.base import Visibility
from microblog.models import Notification
from microblog.timeline.identity import open_practice_account
from microblog.timeline.reacting import follow, toggle_favourite
from microblog.timeline.writing import edit_post, write_post
from tests.photos import a_bomb, a_photo, no_photo

EDIT = "microblog:edit_profile"


def test_a_profile_shows_who_it_is(client, signed_in, nia, nia_account, tomas_account, now):
    nia_account.note = "J'aime <b>les ponts</b>"
    nia_account.save()
    follow(tomas_account, nia_account, now=now)

    page = client.get(reverse("microblog:profile", args=["NIA"])).content.decode()

    assert "les ponts" in page
    assert "<b>les ponts" not in page
    people = client.get(reverse("microblog:followers", args=["nia"])).content.decode()
    assert "Tomas" in people


def test_one_changes_how_one_is_seen(signed_in, nia, nia_account):
    answer = signed_in(nia).post(
        reverse(EDIT), {"display_name": " Nia\nO. ", "note": "Bonjour", "picture": a_photo()}
    )

    nia_account.refresh_from_db()
    assert answer.status_code == 302
    assert (nia_account.display_name, nia_account.note) == ("Nia O.", "Bonjour")
    assert nia_account.avatar.name.startswith("avatars/")


@pytest.mark.parametrize("file", [no_photo, a_bomb])
def test_a_bad_picture_is_explained(signed_in, nia, nia_account, file):
    answer = signed_in(nia).post(
        reverse(EDIT), {"display_name": "Nia", "note": "Gardé", "picture": file()}
    )

    assert answer.status_code == 422
    assert "Gardé" in answer.content.decode()
    nia_account.refresh_from_db()
    assert not nia_account.avatar


def test_a_profile_has_no_room_for_a_novel(signed_in, nia):
    assert signed_in(nia).post(reverse(EDIT), {"note": "é" * 501}).status_code == 422


def test_mentions_are_completed_friends_first(signed_in, nia, nia_account, tomas, olga, now):
    for handle in ("toto", "tiphaine"):
        open_practice_account(None, handle=handle)
    follow(nia_account, tomas.accounts.get(), now=now)
    browser = signed_in(nia)

    found = browser.get(reverse("microblog:suggest"), {"q": "@T"}).content.decode()

    assert found.index("@tomas") < found.index("@tiphaine") < found.index("@toto")
    assert "olga" not in found
    assert browser.get(reverse("microblog:suggest"), {"q": ""}).status_code == 204


def test_notifications_are_gathered_and_read(signed_in, nia, nia_account, tomas_account, olga, now):
    post = write_post(nia_account, text="Bonjour", now=now)
    for fan in (tomas_account, olga.accounts.get()):
        toggle_favourite(fan, post, now=now)
        follow(fan, nia_account, now=now)
    write_post(tomas_account, text="@nia coucou", now=now)
    browser = signed_in(nia)
    address = reverse("microblog:notifications")

    page = browser.get(address)

    kinds = [(group.kind, len(group.people), group.is_new) for group in page.context["groups"]]
    assert sorted(kinds) == [("favourite", 2, True), ("follow", 2, True), ("mention", 1, True)]
    assert Notification.objects.filter(read_at=None).count() == 5

    write_post(tomas_account, text="@nia encore", now=now)
    browser.post(address, {"up_to": page.context["up_to"]})

    assert Notification.objects.filter(read_at=None).count() == 1
    assert [g.is_new for g in browser.get(address).context["groups"]] == [True, False, False, False]


def test_nobody_reads_the_notifications_of_others(signed_in, nia, nia_account, tomas, now):
    write_post(tomas.accounts.get(), text="@nia coucou", now=now)
    browser = signed_in(tomas)
    address = reverse("microblog:notifications")

    assert browser.get(address).context["groups"] == []
    browser.post(address, {"up_to": Notification.objects.get().pk})
    assert Notification.objects.get().read_at is None


def test_a_list_of_people_says_whom_one_follows(signed_in, nia, nia_account, tomas, olga, now):
    fans = [tomas.accounts.get(), olga.accounts.get()]
    for fan in fans:
        follow(fan, nia_account, now=now)
    follow(nia_account, fans[0], now=now)

    page = signed_in(nia).get(reverse("microblog:followers", args=["nia"])).context["page"]
    assert [(person.handle, person.is_followed) for person in page] == [
        ("olga", False),
        ("tomas", True),
    ]


def test_who_is_named_no_more_reads_no_more(signed_in, nia_account, tomas, now):
    """Of a private post, changed after they were told of it."""
    post = write_post(nia_account, text="@tomas psst", now=now, visibility=Visibility.DIRECT)
    address = reverse("microblog:notifications")
    assert "psst" in signed_in(tomas).get(address).text
    edit_post(post, text="for myself alone", now=now)
    assert "for myself alone" not in signed_in(tomas).get(address).text
