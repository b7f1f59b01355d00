"""The page editor's forms: what they hold is written, what they don't is left as it stands."""

from typing import Any

from django.db import transaction
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks import BlockField, StreamBlock
from wagtail.models import Page

from challenges.blocks import LevelWithoutRiddleBlock

STANDING = (
    *("live", "live_revision_id", "latest_revision_id", "latest_revision_created_at"),
    *("has_unpublished_changes", "first_published_at", "last_published_at", "expired"),
    *("locked", "locked_at", "locked_by_id"),
    *("path", "depth", "numchild", "url_path"),
)
"""What others decide about a page while somebody edits it: whether it is read, by whom it may be
changed, and where it stands."""


class PageForm(WagtailAdminPageForm):  # type: ignore[misc]
    """Wagtail reads a page, then its form, then writes the page whole. If it is approved in
    between, that would make it a draft again; so the page is looked at once more, and held, before
    it is written."""

    def save(self, commit: bool = True) -> Page:
        with transaction.atomic():
            rows = Page.objects.select_for_update().filter(pk=self.instance.pk)
            for name, value in (rows.values(*STANDING).first() or {}).items():
                setattr(self.instance, name, value)
            # What is read by everybody changes when it is published: until then it is a revision.
            return super().save(commit and not self.instance.live)


class MiniChallengeForm(PageForm):
    """Offers no rule that asks for an answer: there is none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "levels" in self.fields:
            usual = self.fields["levels"]
            self.fields["levels"] = BlockField(
                block=StreamBlock([("level", LevelWithoutRiddleBlock())], required=False),
                label=usual.label,
                required=False,
            )
