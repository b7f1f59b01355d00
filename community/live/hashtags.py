"""An event's hashtag is its own: posts are told apart by it."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from community.models import LiveEvent
from community.moocs import mooc_hashtags
from microblog.hashtags import bare, normalise


def cleaned_hashtag(typed: str) -> str:
    """Without "#". Raises ValidationError for one of the MOOC's: everything would belong to the
    event."""
    hashtag = typed.strip().lstrip("#＃")
    if bare([normalise(hashtag)]) & bare(mooc_hashtags()):
        raise ValidationError(
            _("#%(hashtag)s is the hashtag of the whole MOOC: give the event one of its own."),
            params={"hashtag": hashtag},
        )
    return hashtag


def refuse_taken(hashtag: str, *, starts: datetime, ends: datetime, besides: int | None) -> None:
    """Raises ValidationError where another event is told on this hashtag meanwhile."""
    wanted = bare([normalise(hashtag)])
    meanwhile = LiveEvent.objects.accepted().filter(starts_at__lt=ends, ends_at__gt=starts)
    for event in meanwhile.exclude(pk=besides):
        if event.bare_hashtag in wanted:
            raise ValidationError(
                _("“%(title)s” is told on #%(hashtag)s at that time: choose another hashtag."),
                params={"title": event.title, "hashtag": hashtag},
            )
