"""manage.py greet: where to look, said before everything starts."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from cms.demo_loader.people import LOGINS, PASSWORD
from cms.models import DemoItem

GREETING = """
  Envol   {base}/fr/   ·   {base}/en/
          Editors · rédaction : {base}/admin/
{logins}
  Three things to try first             Trois choses à essayer
  1. Read the conversation:             1. Lire la conversation :
     {base}/en/timeline/
     {base}/fr/timeline/
  2. Answer the photo riddle on the     2. Répondre à la photo-devinette de la
     home page, wrongly, then rightly.     page d’accueil, de travers, puis juste.
  3. Describe a photo, and see the      3. Décrire une photo, et voir arriver
     badge arrive in your logbook.         le badge dans ton carnet de bord.

  Ctrl-C stops everything.              Ctrl-C arrête tout.
"""
LOGIN_LINE = "          {handle:<7}{role}"
ROLES = {
    "organiser": "organises · organise",
    "tutor": "helps · aide",
    "newcomer": "is new here · débarque",
}


class Command(BaseCommand):
    requires_system_checks = []
    help = "Say where to look, who may log in, and what to try first."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(GREETING.format(base=settings.BASE_URL, logins=_logins()))


def _logins() -> str:
    """Only those that were made here."""
    keys = [f"person:{handle}" for handle in LOGINS]
    there = set(DemoItem.objects.filter(key__in=keys).values_list("key", flat=True))
    lines = [
        LOGIN_LINE.format(handle=handle, role=ROLES[role])
        for handle, role in LOGINS.items()
        if f"person:{handle}" in there
    ]
    title = f"\n  Logins · comptes (password, mot de passe : {PASSWORD})\n"
    return title + "\n".join(lines) + "\n" if lines else ""
