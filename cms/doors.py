"""What rooms below may lead to here."""

from django.http import HttpRequest

from cms.articles import may_draft
from cms.picking import challenge_door
from community.live.articles import Door, enter_article_door
from community.models import LiveEvent
from curation.opening import enter_item_door


def _may_enter(request: HttpRequest, event: LiveEvent) -> bool:
    return may_draft(request.user, event)


enter_article_door(Door("cms:live_article", _may_enter))
enter_item_door("challenge", challenge_door)
