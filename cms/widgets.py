"""How editors choose among pages."""

from typing import Any

from django.forms import CheckboxSelectMultiple
from django.forms.models import ModelChoiceIteratorValue


class PickSeveral(CheckboxSelectMultiple):
    """Check boxes in a frame that scrolls: a hundred pages stay a short field."""

    template_name = "cms/admin/pick_several.html"

    def create_option(
        self, name: str, value: ModelChoiceIteratorValue | Any, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        """Adds the language in which the page is written."""
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        page = getattr(value, "instance", None)
        locale = getattr(page, "locale", None)
        return {**option, "language": locale.language_code if locale else ""}
