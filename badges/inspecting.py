"""An award as organisers read it in the admin, with the way to take it back."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button


class AwardInspectView(generic.InspectView):  # type: ignore[misc]
    """Says who gave it, also where nobody did, and leaves out what never happened."""

    def get_awarded_by_display_value(self) -> str:
        return str(self.object.awarded_by or _("The rules, by themselves"))

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        wanted: list[str] = self.get_fields()
        self.fields = [
            name for name in wanted if name == "awarded_by" or getattr(self.object, name)
        ]

    @property
    def header_more_buttons(self) -> list[Any]:
        buttons: list[Any] = [
            Button(
                _("See its page"),
                url=reverse("badges:award", args=[self.object.pk]),
                icon_name="view",
                priority=10,
            )
        ]
        if self.object.revoked_at is None and self.user_has_permission("revoke"):
            buttons.append(
                Button(
                    _("Take it back"),
                    url=reverse("awards:revoke", args=[self.object.pk]),
                    icon_name="undo",
                    priority=20,
                )
            )
        return [*super().header_more_buttons, *buttons]
