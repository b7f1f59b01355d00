"""What a curator's browser sends to the review desk."""

from django.urls import reverse
from django.utils.translation import override


def post(client, name, data=None, *, args=(), scripted=False):
    headers = {"X-Desk": "1"} if scripted else {}
    return client.post(address(name, *args), data or {}, headers=headers)


def address(name, *args):
    with override("en"):
        return reverse(f"curation:{name}", args=args)
