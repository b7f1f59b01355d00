"""`manage.py set_roles`: the groups of organisers, tutors, editors and moderators."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.roles import ROLES, set_roles


class Command(BaseCommand):
    help = (
        "Gives the groups Organisers, Tutors, Editors and Moderators exactly the rights of their "
        "roles. What was changed by hand in these four is set back; other groups and who is in "
        "which stay as they are."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        changed = set_roles()
        for name in ROLES:
            self.stdout.write(f"{name}: {'set' if name in changed else 'as it should be'}")
