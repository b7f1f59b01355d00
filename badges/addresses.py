"""The addresses that documents name. They carry no language, and never change once a badge is
given."""

from urllib.parse import urljoin
from uuid import UUID

from django.conf import settings
from django.urls import reverse


def absolute(path: str) -> str:
    """An address of this site as other sites know it."""
    return urljoin(f"{settings.BASE_URL}/", path)


def issuer_address() -> str:
    return absolute(reverse("openbadges:issuer"))


def class_address(slug: str) -> str:
    return absolute(reverse("openbadges:class", args=[slug]))


def class_page_address(slug: str) -> str:
    return absolute(reverse("openbadges:class_page", args=[slug]))


def class_image_address(slug: str) -> str:
    return absolute(reverse("openbadges:class_image", args=[slug]))


def assertion_address(award: UUID) -> str:
    return absolute(reverse("openbadges:assertion", args=[award]))


def award_page_address(award: UUID) -> str:
    return absolute(reverse("openbadges:award_page", args=[award]))


def award_image_address(award: UUID) -> str:
    return absolute(reverse("openbadges:award_image", args=[award]))
