"""What the page editor shows beside its fields."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel


class SummaryPanel(Panel):
    """In plain words: what will count at each level, as it was saved last, and what to think of."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", _("What will count"))
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "challenges/admin/summary_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            context["levels"] = self.instance.level_specs() if self.instance.pk else []
            context["cautions"] = self.instance.cautions() if self.instance.pk else []
            return context
