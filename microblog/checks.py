"""Faults that must stop the start rather than surprise somebody later."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from microblog.steps import ORDER, all_steps


@register()
def every_step_is_entered(**_kwargs: Any) -> list[CheckMessage]:
    missing = set(ORDER) - {step.name for step in all_steps()}
    return [
        Error(f"No room runs the step {name!r}.", id="microblog.E001") for name in sorted(missing)
    ]


@register()
def a_claim_outlives_a_call(**_kwargs: Any) -> list[CheckMessage]:
    """A mouth that still speaks while its claim runs out would be heard twice."""
    if settings.OUTBOX_LEASE > settings.GATEWAY_TIMEOUT:
        return []
    return [Error("OUTBOX_LEASE must be longer than GATEWAY_TIMEOUT.", id="microblog.E002")]
