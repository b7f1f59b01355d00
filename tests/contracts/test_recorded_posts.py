"""The same situations on three real servers give the same values, but for what the servers
themselves changed.
"""

import re

import pytest

from microblog.gateways.base import Gone, HeardPost, MediaKind, Visibility
from tests.contracts.recordings import Recording, replayed


@pytest.fixture(params=["gotosocial", "takahe", "snac"])
def recording(request):
    with replayed(request.param) as recording:
        yield recording


def names(post: HeardPost) -> list[str]:
    return [person.handle.partition("@")[0] for person in post.mentions]


def test_the_account_that_speaks(recording):
    account = recording.gateway.verify()

    assert account.handle == f"twittmooc@{recording.name}.example"
    assert account.is_bot
    assert account.uri.startswith(f"https://{recording.name}.example/")
    assert account.note.startswith("Robot du cours TwittMOOC : photo-devinettes")


@pytest.mark.parametrize(
    ("recording", "characters", "link", "pictures"),
    [("gotosocial", 5000, 25, 6), ("takahe", 500, 23, 4), ("snac", 100000, 32, 4)],
    indirect=["recording"],
)
def test_limits(recording, characters, link, pictures):
    limits = recording.gateway.limits()

    assert (limits.characters, limits.link_characters, limits.attachments) == (
        characters,
        link,
        pictures,
    )


def test_the_riddle(recording):
    post = recording.post("01_status_public_hashtag")

    assert post.text == (
        "🔍 Photo-devinette n°\xa07 — Quel est ce monument\xa0? Répondez à ce message avant"
        " vendredi 18\xa0h.\n\nPhoto riddle no. 7 — Which monument is this? Reply to this post"
        " before Friday 6 pm.\n\n#photoDevinette #TwittMOOC #défi"
    )
    assert set(post.hashtags) == {"photodevinette", "twittmooc", "défi"}
    assert post.visibility is Visibility.PUBLIC
    (media,) = post.media
    assert media.kind is MediaKind.IMAGE
    assert media.alt_text.startswith("Silhouette d’une tour métallique")
    assert post.links == ()


def test_the_riddle_is_itself_also_when_boosted(recording):
    first = recording.post("01_status_public_hashtag")
    recording.server.show("01_status_public_hashtag_seen_later")

    later = recording.gateway.fetch_post(first.remote_id)

    assert (later.uri, later.remote_id, later.text) == (first.uri, first.remote_id, first.text)
    assert later.boost_of_uri == ""


def test_an_answer_names_its_parent_and_whom_it_mentions(recording):
    post = recording.post("02_reply_correct")

    assert post.parent_remote_id == recording.id_of("01_status_public_hashtag")
    assert post.author.handle == f"nia@{recording.name}.example"
    assert post.author.display_name == "Nia 🌱"
    assert post.author.note == "Je débute en français / learning French"
    assert names(post) == ["twittmooc"]
    assert post.text.endswith("C’est la tour Eiffel, non\xa0? 🗼 I think it’s the Eiffel Tower!")


def test_each_person_is_mentioned_once(recording):
    assert names(recording.post("03_reply_to_reply")) == ["nia"]
    assert set(names(recording.post("03_reply_to_reply_mentions_three"))) == {
        "nia",
        "tomas",
        "twittmooc",
    }


@pytest.mark.parametrize(
    ("name", "alt_texts"),
    [("04_hashtag_only_post", 0), ("05_hashtag_only_with_alt", 1), ("05_two_images_one_alt", 1)],
)
def test_descriptions_of_photos(recording, name, alt_texts):
    post = recording.post(name)

    assert post.media
    assert len([media for media in post.media if media.alt_text]) == alt_texts
    assert all(media.url.startswith("https://") for media in post.media)


def test_a_photo_without_a_word(recording):
    post = recording.post("05_image_without_text")

    assert (post.text, len(post.media)) == ("", 1)


def test_a_content_warning(recording):
    post = recording.post("06_content_warning")

    assert post.content_warning
    assert post.content_warning not in post.text


def test_a_link_is_read_in_full(recording):
    address = "https://mooc.example/semaine-2/programme?lang=fr&section=3#devoirs"

    post = recording.post("07_link_card")

    assert post.links == (address,)
    assert address in post.text


@pytest.mark.parametrize(
    ("name", "visibility"),
    [
        ("09_unlisted_mentioning_bot", Visibility.UNLISTED),
        ("09_private_mentioning_bot", Visibility.FOLLOWERS),
        ("09_direct_mentioning_bot", Visibility.DIRECT),
    ],
)
def test_visibilities(recording, name, visibility):
    assert recording.post(name).visibility is visibility


def test_an_edit_keeps_the_uri(recording):
    remote_id = recording.id_of("12_edit_before")
    recording.server.show("12_edit_before")
    before = recording.gateway.fetch_post(remote_id)
    recording.server.show("12_edit_after")
    after = recording.gateway.fetch_post(remote_id)

    assert after.uri == before.uri
    assert after.text != before.text
    assert after.edited_at is not None


def test_a_deletion_is_seen_where_the_server_tells_it(recording):
    """snac keeps serving what was taken back: there, nobody can know."""
    remote_id = recording.server.target_of("13_deleted_get")

    if recording.name == "snac":
        assert recording.gateway.fetch_post(remote_id).text
    else:
        with pytest.raises(Gone):
            recording.gateway.fetch_post(remote_id)


@pytest.mark.parametrize("name", ["21_edge_script", "21_edge_long_word", "21_edge_rtl"])
def test_nothing_active_is_left_in_what_we_show(recording, name):
    tags = re.findall(r"<[^>]*>", recording.post(name).html)

    assert all(re.match(r"</?(p|br|a|b|span)[ >]", tag) for tag in tags)
    assert not any(re.search(r"\son\w+=|javascript:", tag) for tag in tags)


@pytest.mark.parametrize(
    ("recording", "hashtag"),
    [("gotosocial", "c"), ("takahe", "c"), ("snac", "c’estparti")],
    indirect=["recording"],
)
def test_hashtags_are_those_of_the_server(recording, hashtag):
    hashtags = recording.post("21_edge_hashtags").hashtags

    assert {"défi2026", "été", "été_2026", "naïve", "日本語", "œuvre", "photodevinette"} <= set(
        hashtags
    )
    assert hashtag in hashtags
    assert len(hashtags) == len(set(hashtags))


def test_two_spellings_of_an_accent_are_one_hashtag(recording):
    assert "défi" in recording.post("21_edge_hashtag_nfd").hashtags


def test_lines_stay_lines(recording):
    lines = recording.post("21_edge_line_breaks").text.split("\n")

    assert lines[:4] == ["Ligne 1", "Ligne 2", "", "Paragraphe 2\xa0:"]
    assert "- puce / bullet" in lines


def test_a_post_from_another_server(recording):
    post = recording.post("23_remote_reply")

    host = post.author.handle.partition("@")[2]
    assert host.endswith(".example")
    assert host != f"{recording.name}.example"
    assert post.uri.startswith(f"https://{host}/")
    assert "photodevinette" in post.hashtags
    assert names(post) == ["twittmooc"]


def test_a_post_is_resolved_by_its_address(recording):
    found: Recording = recording
    (raw,) = found.raw("23_remote_search_status")["statuses"]

    assert found.gateway.resolve(raw["url"]).uri == raw["uri"]
    with pytest.raises(Gone):
        found.server.show("19_error_404_endpoint", on="GET /api/v2/search")
        found.gateway.resolve("https://elsewhere.example/@nia/1")
