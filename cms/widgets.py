"""How editors choose among pages."""

from typing import Any

from django.forms import CheckboxSelectMultiple


class PickSeveral(CheckboxSelectMultiple):
    """Check boxes in a frame that scrolls: a hundred pages stay a short field."""

    def __init__(self, attrs: dict[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__({"class": "envol-pick"} | (attrs or {}), **kwargs)

    def create_option(
        self, name: str, value: Any, label: Any, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        """Says in which language the page is written."""
        page = getattr(value, "instance", None)
        told = f"{label} ({page.locale.language_code})" if page else label
        option: dict[str, Any] = super().create_option(name, value, told, *args, **kwargs)
        return option
