from challenges.rules import MediaFacts
from tests.challenges.rules.table import (
    ACCEPTED,
    NOT_YET,
    Row,
    mentions,
    photos,
    post,
    row,
    rows,
)

DECOMPOSED_DEFI = "de\u0301fi"
SIGNS = [
    row("hashtags", post(hashtags=("envol",)), ACCEPTED, "#envol is there", hashtags=["Envol"]),
    row("hashtags", post(hashtags=("envol",)), ACCEPTED, "", hashtags=["#ENVOL"]),
    row("hashtags", post(hashtags=("défi",)), ACCEPTED, "", hashtags=[DECOMPOSED_DEFI]),
    row("hashtags", post(hashtags=(DECOMPOSED_DEFI,)), ACCEPTED, "", hashtags="défi"),
    row("hashtags", post(hashtags=("defi",)), ACCEPTED, "", hashtags=["défi"]),
    row("hashtags", post(hashtags=("envols",)), NOT_YET, "One hashtag", hashtags=["envol"]),
    row("hashtags", post(hashtags=("a", "b")), ACCEPTED, "#a, #b", hashtags=["a", "b", "A"]),
    row("hashtags", post(hashtags=("b",)), NOT_YET, "2 hashtags", hashtags=["a", "b", "c"]),
    row("hashtags", post("#envol", hashtags=()), NOT_YET, "#envol", hashtags=["envol"]),
    row("hashtags", post(hashtags=("تحدي",)), ACCEPTED, "", hashtags=["تحدي"]),
    row("hashtags", post(hashtags=("x",)), ACCEPTED, "has a hashtag"),
    row("hashtags", post(), NOT_YET, "put # before a word"),
    row("mention", mentions("nia@example.org"), ACCEPTED, "You mention somebody"),
    row("mention", mentions(ours="envol@example.org"), NOT_YET, "somebody else too"),
    row("mention", mentions("nia", ours="envol"), ACCEPTED),
    row("mention", mentions(), NOT_YET, "write @"),
    row("mention", mentions("nia", "tomas"), ACCEPTED, "2 people", count=2),
    row("mention", mentions("nia", "NIA"), NOT_YET, "one more person", count=2),
    row("mention", mentions("nia"), NOT_YET, "2 more people", count="3"),
    row("reply", post(is_reply=True), ACCEPTED, "You answer"),
    row("reply", post(), NOT_YET, "Reply"),
    row("reply", post(is_reply=True, thread=("a", "b")), NOT_YET, "your own post"),
    row("reply", post(is_reply=True, parent_is_ours=True), ACCEPTED),
    row(
        "reply",
        post(is_reply=True, parent_is_ours=True),
        NOT_YET,
        "You answer us",
        to_someone_else=True,
    ),
    row("reply", post(is_reply=True), ACCEPTED, to_someone_else=True),
    row("starts_conversation", post("Bonjour"), ACCEPTED, "starts a conversation"),
    row("starts_conversation", post(is_reply=True), NOT_YET, "write a new one"),
    row("starts_conversation", post(is_reply=True, thread=("a", "b")), ACCEPTED),
    row("link", post(links=("https://example.org/",)), ACCEPTED, "has a link"),
    row("link", post("#envol", hashtags=("envol",)), NOT_YET, "https://"),
    row("link", post(links=("",)), NOT_YET),
    row("content_warning", post(content_warning="Divulgâchis"), ACCEPTED, "content warning"),
    row("content_warning", post(content_warning="🕷️"), ACCEPTED),
    row("content_warning", post(content_warning=" \u200b "), NOT_YET, "CW"),
    row("content_warning", post(), NOT_YET),
    row("thread", post(thread=("a", "b", "c"), is_reply=True), ACCEPTED, "3 posts", count=3),
    row("thread", post(thread=("a", "b")), NOT_YET, "one more post", count=3),
    row("thread", post(), NOT_YET, "3 more posts", count=4),
    row("thread", post(thread=("a",)), NOT_YET, "number 1"),
    row("thread", post(), ACCEPTED, count=1),
]
PHOTOS = [
    row("photo", photos(""), ACCEPTED, "has a photo"),
    row("photo", photos(), NOT_YET, "Add a photo"),
    row("photo", post(media=(MediaFacts("video"),)), NOT_YET),
    row("photo", photos("", ""), ACCEPTED, "2 photos", count=2),
    row("photo", photos(""), NOT_YET, "one more photo", count=2),
    row(
        "photos_described", photos("Un phare rouge au coucher du soleil"), ACCEPTED, "is described"
    ),
    row("photos_described", photos("A cat on a wall"), ACCEPTED),
    row("photos_described", photos("Photo d'un phare"), ACCEPTED),
    row("photos_described", photos("99 red balloons"), ACCEPTED),
    row("photos_described", photos("Photo 1 of 3"), NOT_YET, "very short"),
    row("photos_described", photos("منارة حمراء قرب البحر"), ACCEPTED),
    row("photos_described", photos("海边的红色灯塔"), ACCEPTED),
    row("photos_described", photos(), NOT_YET, "no photo yet"),
    row("photos_described", photos(""), NOT_YET, "no description yet"),
    row("photos_described", photos(" … \u200b"), NOT_YET, "no description yet"),
    row("photos_described", photos("😀😀😀"), NOT_YET),
    row("photos_described", photos("IMG_1234.jpg"), NOT_YET, "file name"),
    row("photos_described", photos("my summer house.JPEG"), NOT_YET, "file name"),
    row("photos_described", photos("IMG_20240101_120000"), NOT_YET, "file name"),
    row("photos_described", photos("Capture d’écran 2024-01-01 à 12.30.00"), NOT_YET, "file name"),
    row("photos_described", photos("photo"), NOT_YET, "very short"),
    row("photos_described", photos("Image"), NOT_YET),
    row("photos_described", photos("image de la photo"), NOT_YET),
    row("photos_described", photos("This is a picture"), NOT_YET),
    row("photos_described", photos("chat chat chat chat"), NOT_YET),
    row("photos_described", photos("a red boat", "un bateau rouge"), ACCEPTED, "2 photos"),
    row("photos_described", photos("a red boat", ""), NOT_YET, "One of your 2 photos"),
    row("photos_described", photos("", "a red boat", ""), NOT_YET, "2 of your 3 photos"),
]
QUOTATIONS = [
    row("quotation_with_source", "« Je est un autre. » — Rimbaud", ACCEPTED, "come from"),
    row("quotation_with_source", "“I is another” – Rimbaud", ACCEPTED),
    row("quotation_with_source", '"I is another" -- Rimbaud', ACCEPTED),
    row("quotation_with_source", "« Je est un autre »\n(lettre à Demeny)", ACCEPTED),
    row("quotation_with_source", "> Je est un autre\n— Rimbaud", ACCEPTED),
    row("quotation_with_source", "> Je est un autre — Rimbaud", ACCEPTED),
    row(
        "quotation_with_source",
        post("« Je est un autre » https://x.org", links=("https://x.org",)),
        ACCEPTED,
    ),
    row("quotation_with_source", post(quote_uri="https://x.org/1"), ACCEPTED, "its source"),
    row("quotation_with_source", "« Je est un autre »", NOT_YET, "after a dash"),
    row("quotation_with_source", "— « Je est un autre »", NOT_YET, "after a dash"),
    row("quotation_with_source", "« Je (moi) est un autre »", NOT_YET, "after a dash"),
    row("quotation_with_source", "Je est un autre — Rimbaud", NOT_YET, "no quotation yet"),
    row("quotation_with_source", "« » — Rimbaud", NOT_YET, "no quotation yet"),
    row("quotation_with_source", "3 > 2 — Rimbaud", NOT_YET, "no quotation yet"),
    row("quotation_with_source", "", NOT_YET),
]


@rows(SIGNS)
def test_signs(entry: Row) -> None:
    entry.check()


@rows(PHOTOS)
def test_photos(entry: Row) -> None:
    entry.check()


@rows(QUOTATIONS)
def test_quotations(entry: Row) -> None:
    entry.check()
