"""The bank in the admin: its rooms, its menu, its piles on the dashboard, copies made elsewhere."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, cast

from django.db.models import Min, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.models import Page

from challenges.bank.copying import with_levels_of_its_own
from challenges.bank.forecast import coming_launches
from challenges.bank.views.doors import COUNT, KEEP
from challenges.bank.warning import running_low
from challenges.models import BankSchedule, ChallengePage
from community.models import User
from community.sites import belongs_to
from microblog.waiting import Planned, Waiting, enter_planned, enter_waiting

LOOK_AHEAD = timedelta(days=60)


@hooks.register("register_admin_urls")
def bank_urls() -> list[URLPattern | URLResolver]:
    return [path("bank/", include("challenges.bank.admin_urls"))]


class RoomItem(MenuItem):
    """Shown to those who may enter."""

    def __init__(self, label: Any, address: str, *, permission: str, **kwargs: Any) -> None:
        super().__init__(label, reverse(address), name=address.replace(":", "-"), **kwargs)
        self._permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(cast(User, request.user).has_perm(self._permission))


@hooks.register("register_admin_menu_item")
def bank_menu_item() -> MenuItem:
    rooms = Menu(
        items=[
            RoomItem(_("Queues"), "bank:desk", permission=KEEP, icon_name="list-ul", order=10),
            RoomItem(_("Calendar"), "bank:calendar", permission=KEEP, icon_name="date", order=20),
            RoomItem(_("Figures"), "bank:figures", permission=COUNT, icon_name="table", order=30),
        ]
    )
    return SubmenuMenuItem(
        _("Challenge bank"), rooms, icon_name="list-ul", name="challenge-bank", order=151
    )


@hooks.register("after_copy_page")
def copied_elsewhere(request: HttpRequest, page: Page, new_page: Page) -> None:
    """Wagtail's own copying makes another challenge too."""
    specific = new_page.specific
    if isinstance(specific, ChallengePage):
        with_levels_of_its_own(specific, by=cast(User, request.user))


def _low(site_id: int | None) -> QuerySet[BankSchedule]:
    return running_low().filter(belongs_to(site_id))


def _since(_now: datetime, site_id: int | None) -> datetime | None:
    oldest: datetime | None = _low(site_id).aggregate(Min("low_since"))["low_since__min"]
    return oldest


def _upcoming(now: datetime, most: int, site_id: int | None) -> Iterator[Planned]:
    """What is planned already, the room of launches tells."""
    own = belongs_to(site_id)
    queues = BankSchedule.objects.filter(own) if own else None
    coming = coming_launches(now=now, until=now + LOOK_AHEAD, schedules=queues)
    for one in [one for one in coming if not one.is_skipped and not one.is_planned][:most]:
        yield Planned(
            at=one.due_at,
            what=_("Queue of challenges"),
            title=one.page.title if one.page else one.schedule.name,
            url=reverse("bank:queue", args=[one.schedule.pk]),
        )


enter_waiting(
    Waiting(
        key="bank_low",
        label=_("queues of challenges that run low"),
        permission=KEEP,
        url_name="bank:desk",
        count=lambda _now, site_id: _low(site_id).count(),
        oldest=_since,
    )
)
enter_planned("bank", permission=KEEP, upcoming=_upcoming)
