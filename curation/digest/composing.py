"""A draft each week, in each language, on the day and hour that the MOOC chose."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Site

from community.models import MoocSettings
from curation.digest.sections import Week, all_told
from curation.models import Digest, DigestEntry, DigestSettings
from microblog.dates import date_format

WEEK = timedelta(days=7)


def compose_due(now: datetime) -> int:
    """Draft the letters whose moment has come; returns how many. Two workers at once draft one."""
    return sum(_compose(*due, now=now) for due in due_letters(now))


def due_letters(now: datetime) -> Iterator[tuple[Site, DigestSettings, str, datetime]]:
    """Site, its settings, language, and the moment since when the letter is due."""
    chosen = {one.site_id: one for one in DigestSettings.objects.all()}
    written = set(
        Digest.objects.filter(week__gt=(now - 2 * WEEK).date()).values_list(
            "site", "language", "week"
        )
    )
    moocs = {mooc.site_id: mooc for mooc in MoocSettings.objects.all()}
    for site in Site.objects.order_by("pk"):
        wishes = chosen.get(site.pk) or DigestSettings(site=site)
        if not wishes.is_written:
            continue
        moment = last_moment(wishes, now=now)
        for language in (moocs.get(site.pk) or MoocSettings()).spoken:
            if (site.pk, language, monday_of(moment)) not in written:
                yield site, wishes, language, moment


def last_moment(wishes: DigestSettings, *, now: datetime) -> datetime:
    """When the latest letter was, or is, to be drafted: by the installation's own clock."""
    local = timezone.localtime(now, timezone.get_default_timezone())
    day = local.date() - timedelta(days=(local.weekday() - wishes.weekday) % 7)
    moment = _at(day, wishes)
    return moment if moment <= now else _at(day - WEEK, wishes)


def _at(day: date, wishes: DigestSettings) -> datetime:
    return timezone.make_aware(datetime.combine(day, wishes.at), timezone.get_default_timezone())


def monday_of(moment: datetime) -> date:
    day = timezone.localtime(moment, timezone.get_default_timezone()).date()
    return day - timedelta(days=day.weekday())


def _compose(
    site: Site, wishes: DigestSettings, language: str, moment: datetime, *, now: datetime
) -> bool:
    week = Week(site, language, since=_since(site, language, moment), until=moment)
    with override(language):
        told = all_told(week)
        title = _title(site, moment)
    digest = Digest(
        site=site,
        language=language,
        week=monday_of(moment),
        title=title,
        composed_at=now,
        leaves_at=moment + timedelta(hours=wishes.leaves_after),
        state=Digest.State.DRAFT if told else Digest.State.SKIPPED,
    )
    try:
        with transaction.atomic():
            digest.save()
            DigestEntry.objects.bulk_create(
                one.to_row(place, of=digest) for place, one in enumerate(told)
            )
    except IntegrityError:  # another worker was faster
        return False
    return True


def _since(site: Site, language: str, moment: datetime) -> datetime:
    """Where the last letter ended, if there was one in the last month; else a week ago."""
    before = (
        Digest.objects.filter(site=site, language=language, composed_at__lt=moment)
        .order_by("-composed_at")
        .first()
    )
    return max(before.composed_at, moment - 4 * WEEK) if before else moment - WEEK


def _title(site: Site, moment: datetime) -> str:
    mooc = MoocSettings.for_site(site).name
    day = date_format(monday_of(moment), "j F")
    return _("%(mooc)s, the week of %(day)s") % {"mooc": mooc, "day": day}
