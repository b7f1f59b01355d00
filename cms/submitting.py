"""What the button says that hands a page to those who review it."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem, SubmitForModerationMenuItem
from wagtail.models import WorkflowState


class SubmitItem(SubmitForModerationMenuItem):  # type: ignore[misc]
    """A sentence in the reader's language, where Wagtail builds one around a workflow's name, which
    is in whichever language it was given."""

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        page = context.get("page")
        state = page.current_workflow_state if page else None
        again = state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES
        context["label"] = _("Submit for review again") if again else _("Submit for review")
        return context


@hooks.register("construct_page_action_menu")
def say_it_plainly(
    items: list[ActionMenuItem], _request: HttpRequest, _context: dict[str, Any]
) -> None:
    for place, item in enumerate(items):
        if type(item) is SubmitForModerationMenuItem:
            items[place] = SubmitItem(order=item.order)
