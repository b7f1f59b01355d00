import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from microblog.timeline.identity import open_practice_account
from microblog.timeline.pictures import read_avatar
from microblog.timeline.profiles import change_profile
from tests.photos import a_photo


@pytest.fixture
def newcomer(db):
    return get_user_model().objects.create_user("lou")


def test_an_account_bears_an_address_for_ever(newcomer, settings):
    account = open_practice_account(newcomer, handle="Lou", display_name=" Lou ")

    assert account.uri == account.url == f"{settings.BASE_URL}/@lou"
    assert (account.handle, account.name, account.user) == ("Lou", "Lou", newcomer)


@pytest.mark.parametrize(
    "handle", ["admin", "Envol", "API", "", "é", "a b", "a-b", "x" * 31, "l\nou", "a/b", "@lou"]
)
def test_some_handles_are_nobodys(newcomer, handle):
    with pytest.raises(ValidationError):
        open_practice_account(newcomer, handle=handle)


def test_a_handle_is_taken_in_any_case(newcomer, nia):
    with pytest.raises(ValidationError) as refused:
        open_practice_account(newcomer, handle="NIA")

    assert refused.value.code == "taken"


def test_a_new_picture_replaces_the_old_one(nia_account, django_capture_on_commit_callbacks):
    def show(picture: ContentFile | None = None, **fields):
        with django_capture_on_commit_callbacks(execute=True):
            change_profile(nia_account, display_name="Nia", note="", picture=picture, **fields)
        return nia_account.avatar.name

    first = show(read_avatar(a_photo()))
    storage = nia_account.avatar.storage
    second = show(read_avatar(a_photo()))

    assert first != second == show()
    assert (storage.exists(first), storage.exists(second)) == (False, True)
    assert show(drop_picture=True) == ""
    assert not storage.exists(second)
