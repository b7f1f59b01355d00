"""manage.py forget_pages: nobody is shown what was kept before, here or by a server in front."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.serving.shelf import forget_pages


class Command(BaseCommand):
    help = 'End all kept pages; servers in front are told by the step "purge". After an update.'

    def handle(self, *_args: Any, **_options: Any) -> None:
        forget_pages()
