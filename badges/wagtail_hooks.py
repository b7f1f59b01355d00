"""This room's place in the organisers' menu."""

from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from badges.editing import AwardPolicy, BadgesGroup
from badges.models import Award

register_permission_policy(Award, AwardPolicy(Award))
register_snippet(BadgesGroup)
