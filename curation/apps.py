from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CurationConfig(AppConfig):
    name = "curation"
    verbose_name = _("Curation")

    def ready(self) -> None:
        # Registered once the models are loaded.
        from curation import forgetting, steps  # noqa: F401
        from curation.digest import steps as digest_steps  # noqa: F401
        from curation.sifting import door, panel, piles  # noqa: F401
