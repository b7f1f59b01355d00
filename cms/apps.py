from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("Site")

    def ready(self) -> None:
        # Imported for its receivers, and for the door that it opens.
        from cms import doors, first_rights, letter, signals, steps  # noqa: F401
        from cms.comments import bells as comment_bells  # noqa: F401
        from cms.comments import forgetting as comment_forgetting  # noqa: F401
        from cms.contributing import bells, forgetting, logbook  # noqa: F401
        from cms.serving import forgetting as serving_forgetting  # noqa: F401
