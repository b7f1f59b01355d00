from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from microblog.models import Account, Post


@pytest.fixture(autouse=True)
def patient_site():
    """Rate limits count in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture
def signed_in(client) -> Callable[..., Client]:
    def sign_in(user) -> Client:
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def nia_account(nia) -> Account:
    return nia.accounts.get()


@pytest.fixture
def tomas_account(tomas) -> Account:
    return tomas.accounts.get()


@pytest.fixture
def page_of() -> Callable[..., str]:
    """The address of one of a post's pages."""

    def address(post: Post, page: str = "post") -> str:
        return reverse(f"microblog:{page}", args=[post.author.handle, post.number])

    return address
