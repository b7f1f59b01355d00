from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BadgesConfig(AppConfig):
    name = "badges"
    verbose_name = _("Badges")

    def ready(self) -> None:
        from badges import checks, forgetting, merging, panels, steps  # noqa: F401 - registered once the models are loaded
