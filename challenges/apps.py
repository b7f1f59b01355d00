from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChallengesConfig(AppConfig):
    name = "challenges"
    verbose_name = _("Challenges")

    def ready(self) -> None:
        # Registered once the models are loaded.
        from challenges import checks, figures, forgetting, logbook, needs, steps  # noqa: F401
        from challenges.proposals import bells  # noqa: F401
        from challenges.riddles import desk, finding  # noqa: F401
