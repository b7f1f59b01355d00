"""“I found this”: the form for whoever is aboard."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_ratelimit.decorators import ratelimit

from community.joining import person_of
from community.models import User
from curation.links.adding import add_link, may_add
from curation.links.forms import AddForm
from curation.models import Item
from curation.page_views import site_of
from curation.reading import shown_items


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
@ratelimit(key="user", rate="30/h", method="POST")
def add(request: HttpRequest) -> HttpResponse:
    user, site = cast(User, request.user), site_of(request)
    person = person_of(user)
    form = added = None
    if may_add(person):
        form = AddForm(request.POST or None, initial={"url": request.GET.get("url", "")})
        if request.method == "POST" and form.is_valid():
            added = add_link(
                form.cleaned_data["url"],
                by=user,
                person=person,
                site_id=site.pk,
                now=timezone.now(),
            )
            form = AddForm()
    context = {
        "form": form,
        "added": added,
        "is_shown": added is not None and _is_shown(added.item, site.pk),
    }
    return render(request, "curation/links/add.html", context)


def _is_shown(item: Item, site_id: int) -> bool:
    return shown_items(site_id).filter(pk=item.pk).exists()
