"""What the site says about a challenge on one connection: words, hashtags, link, picture."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from wagtail.images.models import AbstractImage, SourceImageIOError

from challenges.bank.rounds import query_of
from challenges.catalogue import page_address
from challenges.models import ChallengePage, PhotoRiddlePage
from challenges.riddles.cropping import cropped
from challenges.riddles.photos import described, visible_spec
from community.models import MoocSettings
from microblog.composing import compose, hashtag_line, plain_text
from microblog.gateways.base import Attachment
from microblog.models import Connection

PICTURE = "max-1600x1600|format-jpeg|jpegquality-82"
"""Large enough to look closely, small enough for every network."""


@dataclass(frozen=True, slots=True)
class Said:
    """A post to promise."""

    text: str
    language: str
    attachments: Sequence[Attachment] = field(default_factory=tuple)


class NoPicture(Exception):
    """The picture of a challenge can't be read now; try again later, or choose another."""


def editions_by_language(page: ChallengePage) -> dict[str, ChallengePage]:
    """The public pages of a challenge by language; the page itself stands in where nothing is
    public."""
    family = list(
        page.specific_class.objects.live()
        .filter(translation_key=page.translation_key)
        .select_related("locale", "photo")
    )
    return {one.locale.language_code: one for one in family or [page.specific]}


def edition_for(
    connection: Connection, page: ChallengePage, editions: dict[str, ChallengePage]
) -> ChallengePage:
    """The translation in the connection's language, else the page that was launched, else any."""
    wanted = connection.language.partition("-")[0]
    if wanted in editions:
        return editions[wanted]
    return next(
        (one for one in editions.values() if one.pk == page.pk), next(iter(editions.values()))
    )


def launch_post(
    page: ChallengePage, connection: Connection, *, round: int, mooc: MoocSettings
) -> Said:
    """Raises NoPicture."""
    kind = "riddle" if isinstance(page, PhotoRiddlePage) else "mini"
    text = page.question if isinstance(page, PhotoRiddlePage) else page.intro
    return Said(
        text=compose(
            f"launch_again_{kind}" if round > 1 else f"launch_{kind}",
            text,
            limit=mooc.limit_on(connection),
            language=page.locale.language_code,
            tone=mooc.tone,
            context={**_frame(page, mooc), "earlier": _earlier_round(page, round)},
        ),
        language=page.locale.language_code,
        attachments=_shown_photo(page),
    )


def _shown_photo(page: ChallengePage) -> tuple[Attachment, ...]:
    """Of a riddle's photo, what its hints have shown so far."""
    return picture(page.photo, described(page), visible_spec(page, PICTURE)) if page.photo else ()


def _earlier_round(page: ChallengePage, round: int) -> str:
    """Where the answers of the round before are read; "" for the first round."""
    return f"{page_address(page)}{query_of(round - 1)}#answers" if round > 1 else ""


def hint_post(
    page: PhotoRiddlePage, connection: Connection, *, number: int, mooc: MoocSettings
) -> Said:
    """Raises NoPicture."""
    hint = page.all_hints[number - 1]
    shown = cropped(PICTURE, hint.crop) if hint.crop else ""
    return Said(
        text=compose(
            "hint",
            hint.text,
            limit=mooc.limit_on(connection),
            language=page.locale.language_code,
            tone=mooc.tone,
            context={**_frame(page, mooc), "number": number},
        ),
        language=page.locale.language_code,
        attachments=picture(page.photo, hint.alt_text, shown) if shown else (),
    )


def reveal_post(page: PhotoRiddlePage, connection: Connection, *, mooc: MoocSettings) -> Said:
    """Raises NoPicture."""
    return Said(
        text=compose(
            "reveal",
            plain_text(page.reveal_text) or (page.secrets[0] or [""])[0],
            limit=mooc.limit_on(connection),
            language=page.locale.language_code,
            tone=mooc.tone,
            context=_frame(page, mooc),
        ),
        language=page.locale.language_code,
        attachments=picture(page.reveal_photo or _whole(page), ""),
    )


def _whole(page: PhotoRiddlePage) -> AbstractImage | None:
    """The photo itself, where nobody has seen all of it yet."""
    return page.photo if any(hint.crop for hint in page.all_hints) else None


def _frame(page: ChallengePage, mooc: MoocSettings) -> dict[str, str]:
    return {
        "title": page.title,
        "proposer": proposer_of(page),
        "hashtags": hashtag_line([mooc.first_hashtag, *page.own_hashtags]),
        "url": page_address(page),
    }


def proposer_of(page: ChallengePage) -> str:
    """Who thought of it, by a name that calls nobody; "" where they don't want to be shown."""
    person = page.proposed_by
    return person.name if person and person.shows else ""


def picture(
    photo: AbstractImage | None, description: str, spec: str = PICTURE
) -> tuple[Attachment, ...]:
    """One JPEG of a sensible size in the default storage. Raises NoPicture."""
    if photo is None:
        return ()
    try:
        rendition = photo.get_rendition(spec)
    except (SourceImageIOError, OSError) as error:
        raise NoPicture(str(error)) from error
    return (Attachment(path=rendition.file.name, alt_text=description or photo.default_alt_text),)
