"""The page editor's form, where a challenge's kind asks for another one than its fields would."""

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks import BlockField, StreamBlock

from challenges.blocks import LevelWithoutRiddleBlock


class MiniChallengeForm(WagtailAdminPageForm):  # type: ignore[misc]
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
