import pytest

from microblog.models import Account
from microblog.timeline.identity import open_practice_account


@pytest.fixture
def nia_account(nia) -> Account:
    return nia.accounts.get()


@pytest.fixture
def tomas_account(tomas) -> Account:
    return tomas.accounts.get()


@pytest.fixture
def olga_account(olga) -> Account:
    return olga.accounts.get()


@pytest.fixture
def bot(db) -> Account:
    return open_practice_account(None, handle="envol", display_name="Envol", is_bot=True)
