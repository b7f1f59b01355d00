"""This room's place in the organisers' menu."""

from wagtail.snippets.models import register_snippet

from curation.digest.desk import LetterGroup

register_snippet(LetterGroup)
