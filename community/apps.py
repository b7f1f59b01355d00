from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommunityConfig(AppConfig):
    name = "community"
    verbose_name = _("Community")

    def ready(self) -> None:
        # Registered once the models are loaded.
        from community import forgetting as own_forgetting  # noqa: F401
        from community import steps  # noqa: F401
        from community.figures import marking  # noqa: F401
        from community.live import forgetting as live_forgetting  # noqa: F401
        from community.live import panel as live_panel  # noqa: F401
        from community.live.chat import watching  # noqa: F401
        from community.tutoring import following, forgetting, kinds, panel, piles  # noqa: F401
