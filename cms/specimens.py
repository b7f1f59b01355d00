"""What the style page shows: pieces filled with people and posts that were never saved."""

from collections.abc import Sequence
from datetime import timedelta
from types import SimpleNamespace

from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from challenges.models import ChallengePage, MiniChallengePage, PhotoRiddlePage
from cms.specimen_readings import readings
from microblog.models import Account, Media, Post
from microblog.networks import Network


class SpecimenForm(forms.Form):
    """Every kind of field, one of them with a fault."""

    handle = forms.CharField(
        label=gettext_lazy("Handle"), help_text=gettext_lazy("2 to 30 letters, without accents.")
    )
    about = forms.CharField(
        label=gettext_lazy("About you"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    photo = forms.FileField(label=gettext_lazy("Photo"), required=False)
    seen = forms.ChoiceField(
        label=gettext_lazy("What may others see?"),
        widget=forms.RadioSelect,
        choices=[
            ("show", gettext_lazy("My posts and my name")),
            ("nothing", gettext_lazy("Nothing")),
        ],
    )
    charter = forms.BooleanField(label=gettext_lazy("I have read the charter"))


class SpecimenComposer(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Your post"), widget=forms.Textarea(attrs={"rows": 3})
    )
    content_warning = forms.CharField(label=gettext_lazy("Content warning"), required=False)


def specimens() -> dict[str, object]:
    nia, tomas = _account("nia", "Nia"), _account("tomas", "Tomas Peeters")
    return {
        "nia": nia,
        "tomas": tomas,
        "posts": _posts(nia, tomas),
        "judged": [
            {"post": _post(10 + number, nia, _("The heron of the canal.")), "verdict": verdict}
            for number, verdict in enumerate(_verdicts())
        ],
        "challenges": _challenges(),
        "readings": list(readings()),
        "sheets": ["envol/css/house.css", "envol/css/reading.css"],
        "medallions": _medallions(),
        "form": SpecimenForm({"handle": "", "seen": "show", "charter": "on"}),
        "composer": SpecimenComposer(),
        "results": Paginator(range(30), 10).page(2),
        "filters": _filters(),
        "tabs": [
            {"label": _("Everyone"), "url": "#tabs", "current": True, "icon": "people"},
            {"label": _("People I follow"), "url": "#tabs", "current": False, "icon": "follow"},
        ],
        "toasts": [
            Message(constants.INFO, _("Nia answered you.")),
            Message(constants.SUCCESS, _("Your post is out in the world.")),
            Message(constants.WARNING, _("The photo is on its way; its description is empty.")),
            Message(constants.ERROR, _("That didn't go through. Your words are still here.")),
        ],
        "colours": ["paper", "card", "ink", "ink-soft", "night", "coral", "leaf", "sun"],
        "icons": ICONS,
    }


BIRD = "envol/img/bird.svg"
ICONS = (
    "menu",
    "close",
    "reply",
    "boost",
    "favourite",
    "photo",
    "warning",
    "bell",
    "search",
    "check",
    "almost",
    "person",
    "people",
    "globe",
    "arrow",
    "back",
    "edit",
    "trash",
    "flag",
    "link",
    "more",
    "book",
    "lock",
    "follow",
    "tutor",
    "download",
)


def _account(handle: str, name: str) -> Account:
    return Account(
        pk=0,
        network=Network.PRACTICE,
        handle=handle,
        display_name=name,
        note=_("I photograph herons and learn to describe them."),
    )


def _post(
    number: int, author: Account, text: str, *, media: Sequence[Media] = (), **fields: object
) -> Post:
    post = Post(
        pk=number,
        network=Network.PRACTICE,
        uri=f"https://envol.example/@{author.handle}/{number}",
        author=author,
        text=text,
        said_at=timezone.now() - timedelta(minutes=3 * number),
        **fields,
    )
    # A list in place of the query: this post has no row to ask about.
    vars(post)["_prefetched_objects_cache"] = {"media": list(media)}
    return post


def _posts(nia: Account, tomas: Account) -> list[Post]:
    question = _post(3, nia, _("Does it light up the night? #photoRiddle"))
    answer = _post(2, tomas, _("It does! You are getting warm."), parent=question)
    warned = _post(
        1, nia, _("It was the lighthouse keeper."), content_warning=_("The end of the film")
    )
    bird = Media(remote_url=static(BIRD), alt_text=_("A coral bird that leaves the nest."))
    edited = timezone.now()
    drawn = _post(4, tomas, _("Something I saw this morning."), media=[bird], edited_at=edited)
    return [question, answer, warned, drawn]


def _verdicts() -> list[dict[str, object]]:
    return [
        {
            "state": "not_yet",
            "title": _("Your photo has arrived."),
            "lines": [
                _("Its description is still missing: edit your post and tell what it shows.")
            ],
        },
        {
            "state": "accepted",
            "title": _("Level 2 is yours."),
            "lines": [_("You described the heron so well that we can see it.")],
        },
        {
            "state": "with_tutor",
            "title": "",
            "lines": [_("Somebody reads it and answers you, mostly within a day.")],
        },
    ]


def _challenge(kind: type[ChallengePage], title: str, **fields: object) -> SimpleNamespace:
    """Has what the card reads of a challenge, without a place in the page tree."""
    defaults = {
        "title": title,
        "url": "#challenge",
        "hashtags": "",
        "closed_at": None,
        "photo": None,
        "levels": [1, 2, 3],
        "get_difficulty_display": ChallengePage.Difficulty.EASY.label,
        "_meta": kind._meta,
    }
    return SimpleNamespace(**defaults | fields)


def _challenges() -> list[dict[str, object]]:
    describe = _challenge(
        MiniChallengePage,
        _("Describe your photo"),
        intro=_("Post a photo and tell it to somebody who can't see it."),
    )
    riddle = _challenge(
        PhotoRiddlePage,
        _("What shines up there?"),
        intro=_("A photo, cropped close. Ask anything that can be answered by yes or no."),
        question=_("What shines up there?"),
        hashtags="photoRiddle",
        levels=[1],
    )
    thanks = _challenge(
        MiniChallengePage,
        _("Thank somebody"),
        intro=_("Thank a person who taught you something, and say what."),
        levels=[1, 2],
        closed_at=timezone.now(),
    )
    return [
        {"challenge": describe, "passed": 2},
        {"challenge": riddle, "passed": 0},
        {"challenge": thanks, "passed": 2},
    ]


def _medallions() -> list[dict[str, object]]:
    first = {"name": _("First flight"), "image_url": static(BIRD), "url": "#badge", "note": ""}
    tutor = {"name": _("Tutor"), "image_url": static(BIRD), "note": _("one more person to help")}
    return [{"badge": first, "ahead": False}, {"badge": tutor, "ahead": True}]


def _filters() -> list[dict[str, object]]:
    words = [_("All"), _("Writing"), _("Meeting"), _("Technique")]
    options = [
        {"label": word, "url": "#filters", "current": number == 0}
        for number, word in enumerate(words)
    ]
    return [{"name": _("Family"), "options": options}]
