"""Photos, and whether somebody who cannot see them is told what they show."""

import regex

from challenges.rules import wording
from challenges.rules.book import RULES
from challenges.rules.facts import MediaFacts, PostFacts
from challenges.rules.fields import Params, number
from rulebook import Finding, Message, accepted, not_yet
from rulebook.messages import gettext as _
from rulebook.messages import ngettext

_FILE_NAME = regex.compile(
    r"\S*[^\s.]\.(?:jpe?g|png|gif|webp|heic|heif|avif|tiff?|bmp|svg|raw|dng|mp4|mov)|"
    r".{1,60}\.(?:jpe?g|png|gif|webp|heic|heif|avif|tiff?|bmp)|"
    r"(?:img|dsc[fn]?|pxl|dcim|gopr|mvimg|p|screenshot|capture d['’ ][ée]cran|whatsapp image|"
    r"image|photo|picture|scan|signal)[-_ ]*[\p{N}][-_ .:()\p{N}àat]*",
    regex.IGNORECASE,
)
_EMPTY_TALK = """
image images photo photos picture pictures pic photographie photograph illustration img visuel
description alt text texte alternatif alternative untitled sans titre no none aucune legende
caption my ma mon mes une un la le les l d de du des the a an of this is here voici c est ceci
test blah bla
"""
_SAYS_NOTHING = frozenset(_EMPTY_TALK.split())
_FEWEST_WORDS = 3


def _photos(facts: PostFacts) -> list[MediaFacts]:
    return [media for media in facts.media if media.kind == "image"]


def _photo_summary(params: Params) -> Message:
    return ngettext("Add a photo.", "Add %(count)s photos.", number(params, "count", 1))


@RULES.rule("photo", summary=_photo_summary)
def photo(facts: PostFacts, params: Params) -> Finding:
    """`count` (int = 1): at least so many."""
    present = len(_photos(facts))
    missing = number(params, "count", 1) - present
    if missing <= 0:
        return accepted(
            ngettext("Your post has a photo.", "Your post has %(count)s photos.", present)
        )
    if not present:
        return not_yet(
            ngettext("Add a photo to your post.", "Add %(count)s photos to your post.", missing)
        )
    return not_yet(ngettext("Add one more photo.", "Add %(count)s more photos.", missing))


def is_described(alt_text: str) -> bool:
    """A few words that say something; no file name, no "photo 1", no word said again and again."""
    description = wording.composed(alt_text).strip()
    if _is_file_name(description):
        return False
    words = {word.base for word in wording.words(description)}
    telling = {word for word in words - _SAYS_NOTHING if not word.isdecimal()}
    return len(words) >= _FEWEST_WORDS and bool(telling)


def _is_file_name(description: str) -> bool:
    return _FILE_NAME.fullmatch(description) is not None


def _photos_described_summary(_params: Params) -> Message:
    return _("Describe your photos for people who cannot see them (alt text).")


@RULES.rule("photos_described", summary=_photos_described_summary)
def photos_described(facts: PostFacts, _params: Params) -> Finding:
    """No fields. All photos of the post, at least one."""
    photos = _photos(facts)
    if not photos:
        return not_yet(_("There is no photo yet: add one, with a description (alt text)."))
    bare = [number for number, media in enumerate(photos, 1) if not is_described(media.alt_text)]
    if not bare:
        return accepted(
            ngettext(
                "Your photo is described.", "Your %(count)s photos are described.", len(photos)
            )
        )
    if len(photos) == 1:
        return not_yet(_one_photo(photos[0].alt_text))
    return not_yet(
        ngettext(
            "One of your %(photos)s photos has no real description yet (photo %(first)s): "
            "say in its alt text what it shows.",
            "%(count)s of your %(photos)s photos have no real description yet. Begin with photo "
            "%(first)s: say in its alt text what it shows.",
            len(bare),
            photos=len(photos),
            first=bare[0],
        )
    )


def _one_photo(alt_text: str) -> Message:
    description = wording.composed(alt_text).strip()
    if _is_file_name(description):
        return _("Your photo's description is a file name so far: say in a sentence what it shows.")
    if wording.words(description):
        return _(
            "Your photo's description is very short: say in a few more words what the photo shows."
        )
    return _(
        "Your photo has no description yet: edit the post and say in its alt text what it shows."
    )
