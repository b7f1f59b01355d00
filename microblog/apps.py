from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MicroblogConfig(AppConfig):
    name = "microblog"
    verbose_name = _("Microblog")

    def ready(self) -> None:
        # Registered once the models are loaded.
        from microblog import checks, database, own_steps, own_waiting  # noqa: F401
