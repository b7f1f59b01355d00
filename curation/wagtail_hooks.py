"""This room's places in the admin."""

from wagtail.snippets.models import register_snippet

from curation.digest.desk import LetterGroup
from curation.feeds import hooks as feeds_hooks  # noqa: F401 - registers its own

register_snippet(LetterGroup)
