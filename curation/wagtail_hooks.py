"""This room's places in the admin."""

from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.snippets.models import register_snippet

from curation.digest.desk import LetterGroup
from curation.feeds import hooks as feeds_hooks  # noqa: F401 - registers its own
from curation.sifting.desk import RuleViewSet, TrustViewSet

register_snippet(LetterGroup)


@hooks.register("register_admin_viewset")
def sifting() -> list[ModelViewSet]:
    return [RuleViewSet(), TrustViewSet()]
