"""What the console's pages show, read in a constant number of queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import get_language_info, gettext

from community.logbook import read_sky
from community.models import Claim, Need, Participant
from community.tutoring.claiming import LONGEST
from community.tutoring.listing import OTHER, Wish, dress_needs
from community.tutoring.needs import all_kinds, kind_of
from community.tutoring.remarks import Remark, remarks_of
from microblog.models import Account, Post
from microblog.networks import Network
from microblog.timeline.conversations import Branch, Conversation, read_conversation
from microblog.timeline.streams import fetch_posts

LATEST = 5


@dataclass(frozen=True, slots=True)
class Waiter:
    """A need as a line of the queue."""

    need: Need
    sentences: Sequence[str]
    labels: Sequence[str]
    minutes_left: int
    is_mine: bool
    language: str

    @property
    def is_taken(self) -> bool:
        return self.need.claim is not None and not self.is_mine


def waiter(need: Need, *, tutor: Participant, now: datetime) -> Waiter:
    """Of a dressed need."""
    kinds = {why.kind: why for why in need.whys}
    return Waiter(
        need=need,
        sentences=[kind_of(kind).why(why.params) for kind, why in kinds.items()],
        labels=[str(kind_of(kind).label) for kind in kinds],
        minutes_left=minutes_left(need.claim, now),
        is_mine=need.claim is not None and need.claim.tutor_id == tutor.pk,
        language=language_name(need.language),
    )


def minutes_left(claim: Claim | None, now: datetime) -> int:
    """Begun ones count: nobody reads "0 minutes"."""
    if claim is None:
        return 0
    return max(1, -((now - claim.expires_at) // timedelta(minutes=1)))


def language_name(code: str) -> str:
    if code in dict(settings.LANGUAGES):
        return str(get_language_info(code)["name_translated"])
    return code


def filters(wish: Wish, path: str, counts: Mapping[str, int], total: int) -> list[dict[str, Any]]:
    """As _partials/filter_bar.html takes them; the numbers of a kind stand behind its name."""
    now = {
        "language": wish.language,
        "network": wish.network,
        "kind": wish.kind,
        "mine": "1" if wish.mine else "",
    }

    def group(name: str, field: str, options: Iterable[tuple[str, str]]) -> dict[str, Any]:
        return {
            "name": name,
            "options": [
                {
                    "label": label,
                    "url": _address(path, now | {field: value}),
                    "current": now[field] == value,
                }
                for value, label in options
            ],
        }

    every_reason = gettext("All reasons")
    kinds = [(kind.name, f"{kind.label} ({counts.get(kind.name, 0)})") for kind in all_kinds()]
    languages = [(code, language_name(code)) for code, _name in settings.LANGUAGES]
    return [
        group(gettext("Why"), "kind", [("", f"{every_reason} ({total})"), *kinds]),
        group(
            gettext("Language"),
            "language",
            [("", gettext("All languages")), *languages, (OTHER, gettext("another one"))],
        ),
        group(
            gettext("Network"),
            "network",
            [("", gettext("All networks")), *((code, str(name)) for code, name in Network.choices)],
        ),
        group(gettext("Who"), "mine", [("", gettext("Everybody")), ("1", gettext("My mentees"))]),
    ]


def _address(path: str, fields: Mapping[str, str]) -> str:
    query = urlencode({name: value for name, value in fields.items() if value})
    return f"{path}?{query}" if query else path


@dataclass(frozen=True, slots=True)
class Thread:
    """The conversation around a need, each post with what was found about it."""

    conversation: Conversation
    remark: Remark | None
    """About the post that waits, whether or not its author shares their progress."""


def read_thread(need: Need, post: Post, *, reader: Account | None) -> Thread:
    conversation = read_conversation(post, reader=reader)
    posts = [*conversation.above, conversation.post, *_posts_of(conversation.answers)]
    remarks = remarks_of(posts)
    for one in posts:
        shared = need.person.shows or one.author_id != post.author_id
        one.remark = remarks.get(one.pk) if shared else None  # type: ignore[attr-defined]
    return Thread(conversation, remarks.get(post.pk))


def _posts_of(branches: Iterable[Branch]) -> Iterable[Post]:
    for branch in branches:
        yield branch.post
        yield from _posts_of(branch.answers)


def read_person(need: Need, *, reader: Account | None) -> dict[str, Any]:
    """Who waits: their latest posts, and the progress that they share."""
    posts = (
        Post.objects.alive()
        .readable_by(None)
        .filter(author__link__participant=need.person)
        .exclude(pk=need.post_id)
    )
    latest = list(posts.order_by("-said_at").values_list("pk", flat=True)[:LATEST])
    found = fetch_posts(latest, reader=reader)
    sky = read_sky(need.person) if need.person.shows else None
    return {
        "person": need.person,
        "latest": [found[pk] for pk in latest if pk in found],
        "progress": sky["counts"] if sky else None,
    }


def need_to_show(
    pk: int, *, tutor: Participant, reader: Account | None, now: datetime
) -> Need | None:
    """With its post, reasons and claim; None where nobody waits there any more."""
    need = (
        Need.objects.shown(now=now).exclude(person=tutor).select_related("person").filter(pk=pk)
    ).first()
    if need:
        dress_needs([need], reader=reader, now=now)
    return need


def may_prolong(claim: Claim, now: datetime) -> bool:
    return claim.claimed_at > now - LONGEST
