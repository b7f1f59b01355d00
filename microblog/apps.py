from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MicroblogConfig(AppConfig):
    name = "microblog"
    verbose_name = _("Microblog")

    def ready(self) -> None:
        from microblog import checks, steps  # noqa: F401, PLC0415 - registered once the models are loaded
