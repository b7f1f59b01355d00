"""Each role opens the doors of its work, and no other: a table, one role at a time."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse

from challenges.models import ChallengePage
from cms.roles import ROLES, UnknownRight, set_roles, set_roles_once
from community.models import Participant
from microblog.models import Report
from tests.builders import a_connection, a_user
from tests.challenges.building import a_mini_challenge, a_site

pytestmark = pytest.mark.django_db
ORGANISERS, TUTORS, EDITORS, MODERATORS = "Organisers", "Tutors", "Editors", "Moderators"
EVERYBODY_INSIDE = {ORGANISERS, EDITORS, MODERATORS}

DOORS = [
    ("wagtailadmin_home", EVERYBODY_INSIDE),
    ("challenge_launch", {ORGANISERS}),
    ("challenge_rejudge", {ORGANISERS}),
    ("ideas:index", {ORGANISERS}),
    ("member_texts:index", {ORGANISERS, EDITORS}),
    ("page_replies", {ORGANISERS, EDITORS, MODERATORS}),
    ("bank:desk", {ORGANISERS}),
    ("bank:figures", {ORGANISERS}),
    ("review:waiting", {ORGANISERS, TUTORS}),
    ("tutoring:console", {ORGANISERS, TUTORS}),
    ("people:index", {ORGANISERS}),
    ("people_merge", {ORGANISERS}),
    ("reports:index", {ORGANISERS, MODERATORS}),
    ("connections:index", {ORGANISERS}),
    ("outbox:index", {ORGANISERS}),
    ("live_events:list", {ORGANISERS}),
    ("live_events:add", {ORGANISERS}),
    ("live_proposals", {ORGANISERS}),
    ("wagtailimages:index", {ORGANISERS, EDITORS}),
    ("wagtailadmin_pages:edit", {ORGANISERS, EDITORS}),
    ("wagtailsettings:edit", {ORGANISERS}),
    ("wagtailusers_users:index", set()),
    ("wagtailusers_groups:index", set()),
]


@pytest.fixture
def page():
    a_connection()
    a_site("fr")
    return a_mini_challenge()


def address(name: str, page: ChallengePage, person) -> str:
    if name == "wagtailsettings:edit":
        return reverse(name, args=["community", "moocsettings", page.get_site().pk])
    if name == "people_merge":
        return reverse(name, args=[person.participant.pk])
    on_the_page = name.startswith(("challenge_", "wagtailadmin_pages"))
    return reverse(name, args=[page.pk] if on_the_page else [])


def opened(client, page: ChallengePage, person) -> set[str]:
    client.force_login(person)
    return {
        name for name, _roles in DOORS if client.get(address(name, page, person)).status_code == 200
    }


@pytest.mark.parametrize("role", ROLES)
def test_the_doors_of_a_role_open_and_no_others(client, page, role):
    person = a_user("ada")
    person.groups.add(Group.objects.get(name=role))
    assert opened(client, page, person) == {name for name, roles in DOORS if role in roles}


def test_a_newcomer_finds_them_all_closed(client, page, nia):
    assert opened(client, page, nia) == set()


@pytest.mark.parametrize("role", ROLES)
def test_only_organisers_publish(page, role):
    person = a_user("ada")
    person.groups.add(Group.objects.get(name=role))
    allowed = page.permissions_for_user(person)
    assert allowed.can_publish() == (role == ORGANISERS)
    assert allowed.can_edit() == (role in {ORGANISERS, EDITORS})
    assert not allowed.can_delete() or role == ORGANISERS


@pytest.mark.parametrize("role", ROLES)
def test_only_moderators_and_organisers_take_harmful_posts_away(role):
    person = a_user("ada")
    person.groups.add(Group.objects.get(name=role))
    assert person.has_perm("microblog.change_report") == (role in {ORGANISERS, MODERATORS})
    assert person.has_perm("community.moderate_wall") == (role in {ORGANISERS, MODERATORS})
    assert not person.has_perm("microblog.delete_report"), "reports are kept"
    assert not Report.objects.exists()


def test_pages_of_editors_wait_for_organisers(page):
    ada, olga = a_user("ada"), a_user("olga")
    ada.groups.add(Group.objects.get(name=EDITORS))
    olga.groups.add(Group.objects.get(name=ORGANISERS))
    page.save_revision(user=ada)
    page.get_workflow().start(page, ada)
    task = page.current_workflow_task
    assert not task.get_actions(page, ada)
    assert {name for name, _label, _asks in task.get_actions(page, olga)} >= {"approve", "reject"}


def test_roles_are_set_back_exactly(capsys):
    tutors = Group.objects.get(name=TUTORS)
    tutors.permissions.add(Permission.objects.get(codename="delete_page"))
    Group.objects.create(name="Friends")
    call_command("set_roles")
    told = capsys.readouterr().out
    assert "Tutors: set" in told and "Editors: as it should be" in told
    assert not tutors.permissions.filter(codename="delete_page").exists()
    assert set_roles() == []


def test_an_installation_that_has_its_organisers_is_left_alone():
    organisers = Group.objects.get(name=ORGANISERS)
    organisers.permissions.clear()
    assert set_roles_once() == []
    assert not organisers.permissions.exists()


def test_a_right_that_nothing_defines_is_an_error():
    Permission.objects.filter(codename="moderate_wall").delete()
    with pytest.raises(UnknownRight, match="community.moderate_wall"):
        set_roles()


def test_nobody_makes_or_removes_people_by_hand(client, nia):
    person = nia.accounts.get().link.participant
    client.force_login(a_user("root", is_superuser=True))
    everybody = Participant.objects.count()
    for address in ("/admin/people/new/", f"/admin/people/delete/{person.pk}/"):
        assert client.post(address, {"name": "Nobody", "language": "fr"}).status_code == 302
    assert Participant.objects.count() == everybody
    assert client.get(f"/admin/people/edit/{person.pk}/").status_code == 200
