"""What is filled in beside a click."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from challenges.models import Question
from challenges.rules import guesses

LONGEST_WORDS = 280


class AnswerForm(forms.Form):
    """`secret`: a riddle's answers, which no answer to a question may hold."""

    answer = forms.ChoiceField(choices=Question.Answer.choices)
    words = forms.CharField(
        label=_("In your words"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Said after “yes”, “no” or “almost”, or by themselves."),
    )
    told_as = forms.CharField(
        label=_("How the page puts the question"),
        required=False,
        max_length=200,
        help_text=_("Empty: in the words of whoever asked, if they agreed to be shown."),
    )

    def __init__(self, *args: Any, secret: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._secret = guesses.answers(list(secret))

    def clean(self) -> dict[str, Any]:
        asked: dict[str, Any] = super().clean() or {}
        if asked.get("answer") == Question.Answer.CUSTOM and not asked.get("words"):
            self.add_error("words", _("Write what you want to say."))
        for name in ("words", "told_as"):
            if guesses.gives_away(asked.get(name, ""), self._secret):
                self.add_error(name, _("The answer of the riddle stands in these words."))
        return asked
