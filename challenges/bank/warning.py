"""A queue that runs low says so: on the dashboard, and once by e-mail."""

import logging
from datetime import datetime
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import F, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from challenges.models import BankSchedule

logger = logging.getLogger(__name__)


def running_low() -> QuerySet[BankSchedule]:
    return BankSchedule.objects.running().exclude(low_since=None)


def warn_of_low_stock(now: datetime) -> int:
    """Notice which queues run low, and which no longer do; returns how many changed."""
    schedules = BankSchedule.objects.running().with_stock()
    low = Q(stock__lt=F("low_stock"))
    became = list(schedules.filter(low, low_since=None).values_list("pk", flat=True))
    filled = list(schedules.exclude(low_since=None).filter(~low).values_list("pk", flat=True))
    BankSchedule.objects.filter(pk__in=became).update(low_since=now)
    BankSchedule.objects.filter(pk__in=filled).update(low_since=None, warned_at=None)
    untold = schedules.exclude(low_since=None).filter(warned_at=None).exclude(warn_at="")
    return len(became) + len(filled) + sum(_write(one, now) for one in untold)


def _write(schedule: BankSchedule, now: datetime) -> bool:
    """Claimed before it is sent: rather one warning less than the same one every minute."""
    claimed = BankSchedule.objects.filter(pk=schedule.pk, warned_at=None).update(warned_at=now)
    if not claimed:
        return False
    address = settings.BASE_URL + reverse("bank:queue", args=[schedule.pk])
    context = {"name": schedule.name, "stock": getattr(schedule, "stock", 0), "address": address}
    with override(settings.LANGUAGE_CODE):
        subject = _("The queue “%(name)s” is running low") % {"name": schedule.name}
        body = render_to_string("challenges/bank/low_stock.txt", context)
    try:
        send_mail(subject, body, None, [schedule.warn_at])
    except (SMTPException, OSError):
        logger.exception("Nobody could be told that %s is running low.", schedule)
    return True
