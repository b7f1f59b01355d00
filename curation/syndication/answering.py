"""A feed as an answer: in one of the formats, with what lets readers ask for nothing twice."""

from hashlib import blake2b

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date

from curation.syndication.entries import Channel
from curation.syndication.formats import FORMATS

FRESH = 5 * 60  # seconds


def answer_feed(request: HttpRequest, channel: Channel, *, format: str) -> HttpResponseBase:
    """`format`: a name in FORMATS, else there is no such feed."""
    if format not in FORMATS:
        raise Http404
    chosen = FORMATS[format]
    body = chosen.write(channel)
    etag = f'"{blake2b(body, digest_size=16).hexdigest()}"'
    modified = int(channel.changed.timestamp()) if channel.changed else None
    answer = get_conditional_response(
        request,
        etag=etag,
        last_modified=modified,
        response=HttpResponse(body, content_type=f"{chosen.media_type}; charset=utf-8"),
    )
    if answer is None:
        raise Http404
    answer["ETag"] = etag
    if channel.changed:
        answer["Last-Modified"] = http_date(channel.changed.timestamp())
    if channel.hub:
        answer["Link"] = f'<{channel.hub}>; rel="hub", <{channel.itself}>; rel="self"'
        # The hub looks as soon as it is told: a server in front would give it what was.
        patch_cache_control(answer, s_maxage=0)
    answer["Access-Control-Allow-Origin"] = "*"
    patch_cache_control(answer, public=True, max_age=FRESH)
    return answer
