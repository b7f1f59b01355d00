from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from cms.navigation import frame_of


def site(request: HttpRequest) -> dict[str, object]:
    """`frame`: the site's name and the pages that its frame names; read only when asked."""
    return {"frame": SimpleLazyObject(lambda: frame_of(request))}
