"""What goes out next, for the organisers' dashboard: reminders that have their moment to come."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.live.reminding import reminders_ahead, when_to_say
from community.moocs import Moocs
from community.sites import belongs_to
from microblog.waiting import Planned, enter_planned


def upcoming(now: datetime, most: int, site_id: int | None) -> Iterable[Planned]:
    moocs = Moocs.read()
    own = belongs_to(site_id, "event__site")
    ahead = reminders_ahead(now).filter(own).order_by("event__starts_at", "-minutes_before")
    timed = [
        (when_to_say(reminder, moocs.of_site(reminder.event.site_id), now=now), reminder)
        for reminder in ahead[: 2 * most]
    ]
    planned = [
        Planned(
            at=moment,
            what=_("Reminder"),
            title=reminder.event.title,
            url=reverse("live_events:edit", args=[reminder.event_id]),
        )
        for moment, reminder in timed
        if moment is not None
    ]
    return sorted(planned, key=lambda one: one.at)[:most]


enter_planned("reminders", permission="community.view_liveevent", upcoming=upcoming)
