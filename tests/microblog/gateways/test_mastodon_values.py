"""Odd JSON of strangers, read into our values."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microblog.gateways.base import Limits, MediaKind, Visibility
from microblog.gateways.mastodon_json import (
    identity_of,
    moment,
    normalise_hashtag,
    remote_id_of,
    web_address,
)
from microblog.gateways.mastodon_values import (
    Home,
    Unreadable,
    parse_account,
    parse_limits,
    parse_post,
    parse_posts,
    parse_reactions,
)

HOME = Home("s.example")
NIA = {"id": "7", "acct": "nia", "url": "https://s.example/@nia"}

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)
POST_KEYS = ["id", "uri", "url", "account", "content", "reblog", "tags", "mentions", "quote"]
POST_KEYS += ["created_at", "edited_at", "visibility", "sensitive", "spoiler_text"]
POST_KEYS += ["in_reply_to_id", "media_attachments", "type", "status"]


def a_status(**details):
    return {
        "id": "1",
        "uri": "https://s.example/users/nia/statuses/1",
        "created_at": "2026-11-21T00:00:00Z",
        "account": NIA,
        "content": "<p>Bonjour</p>",
        "visibility": "public",
        **details,
    }


@given(st.dictionaries(st.sampled_from(POST_KEYS), json_values))
def test_no_json_stops_a_batch(odd):
    batch = [a_status(id="2", uri="https://s.example/2"), {**a_status(), **odd}, odd]

    assert parse_posts(batch, HOME)[0].uri == "https://s.example/2"
    parse_reactions([{**odd, "type": "favourite"}], HOME)
    assert isinstance(parse_limits(odd), Limits)


@pytest.mark.parametrize("key", ["id", "uri", "created_at", "account"])
def test_a_post_without_identity_author_or_time_is_unreadable(key):
    with pytest.raises(Unreadable):
        parse_post(a_status(**{key: None}), HOME)


@pytest.mark.parametrize(
    ("shown", "ours"),
    [
        ("public", Visibility.PUBLIC),
        ("unlisted", Visibility.UNLISTED),
        ("private", Visibility.FOLLOWERS),
        ("direct", Visibility.DIRECT),
        ("mutuals_only", Visibility.FOLLOWERS),
        (None, Visibility.FOLLOWERS),
    ],
)
def test_what_we_do_not_know_is_never_taken_for_public(shown, ours):
    assert parse_post(a_status(visibility=shown), HOME).visibility is ours


@pytest.mark.parametrize(
    ("acct", "handle"),
    [
        ("nia", "nia@s.example"),
        ("@nia@Other.Example", "nia@other.example"),
        ("Nia", "Nia@s.example"),
    ],
)
def test_handles_are_full(acct, handle):
    assert parse_account({**NIA, "acct": acct}, HOME).handle == handle


def test_an_account_is_known_by_its_uri_and_else_by_its_page():
    assert parse_account(NIA, HOME).uri == "https://s.example/@nia"
    known = parse_account({**NIA, "uri": "https://s.example/users/nia"}, HOME)
    assert known.uri == "https://s.example/users/nia"


def test_a_note_is_plain_text():
    note = "<p>Enseignante.<br><a href='https://s.example/tags/nobot'>#<span>NoBot</span></a></p>"

    assert parse_account({**NIA, "note": note}, HOME).note == "Enseignante.\n#NoBot"


@pytest.mark.parametrize(
    ("name", "hashtag"),
    [
        ("PhotoDevinette", "photodevinette"),
        ("#Défi", "défi"),
        ("D%C3%A9fi", "défi"),
        ("de\u0301fi", "défi"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("日本語", "日本語"),
    ],
)
def test_hashtags_are_normalised(name, hashtag):
    assert normalise_hashtag(name) == hashtag


def test_hashtags_come_from_the_list_and_from_the_links_only_where_there_is_none():
    content = '<a href="https://o.example/tags/Autre" class="mention hashtag">#Autre</a> #texte'

    listed = parse_post(a_status(content=content, tags=[{"name": "Défi"}, {"name": "défi"}]), HOME)
    forwarded = parse_post(a_status(content=content, tags=[]), HOME)

    assert listed.hashtags == ("défi",)
    assert forwarded.hashtags == ("autre",)


def test_each_person_is_mentioned_once_also_when_the_list_forgets_them():
    content = (
        '<a href="https://s.example/@nia" class="mention">@nia</a> '
        '<a href="https://s.example/@envol" class="u-url mention">@<span>envol</span></a>'
    )
    mentions = [
        {"id": "0", "acct": "nia", "url": "https://s.example/@nia"},
        {"id": "1", "acct": "nia@s.example", "url": "https://s.example/@nia"},
    ]

    post = parse_post(a_status(content=content, mentions=mentions), HOME)

    assert [person.handle for person in post.mentions] == ["nia@s.example", "envol@s.example"]
    assert {person.remote_id for person in post.mentions} == {""}


def test_a_boost_is_empty_but_for_what_it_boosts():
    post = parse_post(a_status(reblog=a_status(id="9", uri="https://s.example/9")), HOME)

    assert (post.boost_of_uri, post.text, post.hashtags) == ("https://s.example/9", "", ())


def test_a_boost_under_the_id_of_its_original_is_the_original():
    original = "1795220754" + "95f9fe218f736e57f6679209489fc409"

    post = parse_post(a_status(id=original.upper(), reblog=a_status(id=original)), HOME)

    assert (post.boost_of_uri, post.text, post.remote_id) == ("", "Bonjour", original)


def test_ids_of_time_and_hash_are_the_same_before_and_after_an_edit():
    before, after = "1795220881" + "0C1A" * 8, "1795220892" + "0c1a" * 8

    assert identity_of(before) == identity_of(after)
    assert remote_id_of(before) == before.lower()
    assert identity_of("01M7XQP0QXAT61NF0Y2CJB7W4W") == "01M7XQP0QXAT61NF0Y2CJB7W4W"


@pytest.mark.parametrize(
    ("shown", "kind"),
    [
        ("image", MediaKind.IMAGE),
        ("gifv", MediaKind.VIDEO),
        ("audio", MediaKind.AUDIO),
        ("unknown", MediaKind.OTHER),
        (None, MediaKind.OTHER),
    ],
)
def test_media_kinds(shown, kind):
    media = [{"id": "5", "type": shown, "url": "https://s.example/5.jpg", "description": None}]

    (heard,) = parse_post(a_status(media_attachments=media), HOME).media

    assert (heard.kind, heard.alt_text) == (kind, "")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:x", "/relative", None, 3, ""])
def test_only_web_addresses_become_addresses(address):
    assert web_address(address) == ""


@pytest.mark.parametrize(
    ("value", "time"),
    [
        ("2026-11-21T00:21:45.343Z", datetime(2026, 11, 21, 0, 21, 45, 343000, tzinfo=UTC)),
        ("2026-11-21T02:00:00+02:00", datetime(2026, 11, 21, tzinfo=UTC)),
        ("2026-11-21", datetime(2026, 11, 21, tzinfo=UTC)),
        (datetime(2026, 11, 21), datetime(2026, 11, 21, tzinfo=UTC)),
        ("yesterday", None),
        ("0001-01-01T00:00:00+14:00", None),
        (None, None),
        (12, None),
    ],
)
def test_times_are_aware_and_in_utc(value, time):
    assert moment(value) == time


def test_a_quoted_post_is_named():
    quote = {"state": "accepted", "quoted_status": a_status(uri="https://s.example/q")}

    assert parse_post(a_status(quote=quote), HOME).quote_uri == "https://s.example/q"


def test_what_no_database_can_hold_is_left_out():
    """JSON can say NUL and halves of characters."""
    broken = "a\x00b\ud800c"
    picture = {"id": "1", "type": "image", "url": "https://s.example/1.png", "description": broken}
    post = parse_post(
        a_status(
            content=broken,
            spoiler_text=broken,
            tags=[{"name": broken}],
            media_attachments=[picture],
            account={**NIA, "display_name": broken, "note": broken},
        ),
        HOME,
    )
    said = {post.text, post.content_warning, post.media[0].alt_text, *post.hashtags}
    assert said | {post.author.display_name, post.author.note} == {"abc"}


@pytest.mark.parametrize("key", ["uri", "id"])
def test_a_name_too_long_to_be_kept_whole_is_none(key):
    with pytest.raises(Unreadable):
        parse_post(a_status(**{key: "https://s.example/" + "a" * 500}), HOME)


def test_a_person_with_a_name_too_long_is_not_mentioned():
    address = "https://s.example/" + "a" * 500
    mention = {"acct": "rex", "url": address}
    post = parse_post(a_status(mentions=[mention]), HOME)
    assert [person.uri for person in post.mentions] == [""]


def test_a_number_larger_than_a_column_is_unknown():
    picture = {"id": "1", "meta": {"original": {"width": 2**31, "height": 600}}}
    (media,) = parse_post(a_status(media_attachments=[picture]), HOME).media
    assert (media.width, media.height) == (0, 600)
