"""A challenge out of something to read, in a click: read it, and answer. A draft for an organiser
to make their own."""

from typing import Any
from uuid import uuid4

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from challenges.models import ChallengeIndexPage, ChallengePage, MiniChallengePage
from cms.models import ItemChallenge
from community.models import User
from community.sites import within
from curation.feeds.cleaning import cut
from curation.models import Item, Pick
from curation.opening import Door

LONGEST_TITLE, LONGEST_INTRO = 90, 300
FEWEST_WORDS = 8


class NoPlace(Exception):
    """There is no list of challenges yet, where the draft could lie."""


def may_make_challenge(user: User | AnonymousUser, item: Item) -> bool:
    """Whoever may add a challenge to the list of this MOOC."""
    if not user.has_perm("wagtailadmin.access_admin"):
        return False
    index = _index(item, "")
    return index is not None and bool(index.permissions_for_user(user).can_add_subpage())


def make_challenge(item: Item, *, by: User) -> tuple[ChallengePage, bool]:
    """The item's challenge, and whether this call drafted it. Raises NoPlace."""
    with transaction.atomic():
        row = Item.objects.select_for_update(of=("self",)).get(pk=item.pk)
        made = ItemChallenge.objects.filter(item=row).select_related("page").first()
        if made is not None:
            return made.page, False
        pick = Pick.objects.filter(item=row).first()
        language = pick.language if pick else row.language
        index = _index(row, language)
        if index is None:
            raise NoPlace
        with override(index.locale.language_code):
            page = _draft(row, pick, index)
        page.save_revision(user=by)
        ItemChallenge.objects.create(item=row, page=page)
    return page, True


def _index(item: Item, language: str) -> ChallengeIndexPage | None:
    """In this language, where there is one."""
    lists = ChallengeIndexPage.objects.filter(within(item.site_id)).select_related("locale")
    spoken = lists.filter(locale__language_code=language).first()
    return spoken or lists.order_by("pk").first()


def _draft(item: Item, pick: Pick | None, index: ChallengeIndexPage) -> MiniChallengePage:
    said = pick.sentence if pick else item.summary
    page = MiniChallengePage(
        locale=index.locale,
        title=_("Read and answer: %(title)s") % {"title": str(item)[:LONGEST_TITLE]},
        intro=cut(said, LONGEST_INTRO) or _("Somebody thought it worth reading. What do you say?"),
        live=False,
        levels=_levels(item),
    )
    index.add_child(instance=page)
    return page


def _levels(item: Item) -> list[dict[str, Any]]:
    task = format_html(
        '<p>{} <a href="{}">{}</a></p><p>{}</p>',
        _("Read this:"),
        item.url,
        item.title or item.url,
        _("Then say in a post of your own what you keep of it, with the link."),
    )
    answer = format_html(
        "<p>{}</p>",
        _("Somebody else has read it too. Answer them: what do you see in another way?"),
    )
    return [
        _level(
            _("Say what you keep"), task, {"at_least_words": {"count": FEWEST_WORDS}, "link": {}}
        ),
        _level(_("Talk about it"), answer, {"reply": {"to_someone_else": True}}),
    ]


def _level(title: str, task: str, rules: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {
        "type": "level",
        "id": str(uuid4()),
        "value": {
            "title": title,
            "task": task,
            "tip": "",
            "rules": [
                {"type": key, "value": params, "id": str(uuid4())} for key, params in rules.items()
            ],
        },
    }


def challenge_door(request: HttpRequest, item: Item) -> Door | None:
    if not request.user.is_authenticated or not may_make_challenge(request.user, item):
        return None
    url = reverse("cms:challenge_of_item", args=[item.pk])
    return Door(gettext_lazy("Make a challenge of it"), url, icon="edit", posts=True)
