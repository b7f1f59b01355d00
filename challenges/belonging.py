"""Which MOOC's organisers look after a row that says its challenge by key."""

from django.db.models import Exists, OuterRef, Q

from challenges.models import ChallengePage
from community.sites import default_site_id, several_sites, within


def of_mooc(site_id: int | None) -> Q:
    """Rows with a `challenge_key`, by where its pages lie; what belongs to no page any more is the
    default site's, so that nothing waits unseen."""
    if site_id is None or not several_sites():
        return Q()
    pages = ChallengePage.objects.filter(translation_key=OuterRef("challenge_key"))
    own = Q(Exists(pages.filter(within(site_id))))
    return own | ~Q(Exists(pages)) if site_id == default_site_id() else own
