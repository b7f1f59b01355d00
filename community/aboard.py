"""Whose people and words somebody who looks after one of several MOOCs sees.

A site is named by its id; with one MOOC nothing is narrowed (see community.sites).
"""

from django.db.models import Exists, OuterRef, Q

from community.moocs import Moocs
from community.sites import several_sites
from microblog.models import PostHashtag


def people_of(site_id: int | None, prefix: str = "") -> Q:
    """Who came aboard this MOOC, or none yet. `prefix` leads to the person."""
    if site_id is None or not several_sites():
        return Q()
    return Q(**{f"{prefix}boardings__site": site_id}) | Q(**{f"{prefix}boardings": None})


def said_in(site_id: int | None, *, post: str = "post", person: str = "person__") -> Q:
    """What bears the MOOC's sign, and what its people say without the sign of another one. Two
    queries where there are several."""
    if site_id is None or not several_sites():
        return Q()
    moocs = Moocs.read()
    if moocs.is_one:
        return Q()
    borne = PostHashtag.objects.filter(post=OuterRef(post))
    ours = borne.filter(bare_name__in=moocs.of_site(site_id).bare_hashtags)
    any_sign = borne.filter(bare_name__in=moocs.bare_hashtags)
    return Q(Exists(ours)) | (~Q(Exists(any_sign)) & people_of(site_id, person))
