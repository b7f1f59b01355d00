"""Four roles, each with what its work needs and no more. The table is the documentation."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
)

ADMIN = "wagtailadmin.access_admin"
ALL = ("add", "change", "delete", "view")


@dataclass(frozen=True, slots=True)
class Role:
    """rights: "app.codename", or "app.add|change model" for several; pages: what may be done with
    every page; files: with every image and document."""

    rights: Sequence[str]
    pages: Sequence[str] = ()
    files: Sequence[str] = ()


def _each(verbs: Sequence[str], app: str, *models: str) -> list[str]:
    return [f"{app}.{verb}_{model}" for model in models for verb in verbs]


ORGANISERS = "Organisers"
ROLES: Mapping[str, Role] = {
    # Challenges, events, badges, people: whoever runs the MOOC. Logins and groups stay with
    # administrators.
    ORGANISERS: Role(
        rights=[
            ADMIN,
            *_each(ALL, "badges", "badgeclass", "issuer"),
            *_each(("add", "change", "view"), "badges", "award"),
            "badges.revoke_award",
            *_each(("view", "change"), "challenges", "submission", "screening"),
            *_each(("view",), "challenges", "proposal", "decision", "rejudgement", "figures"),
            *_each(ALL, "challenges", "bankschedule", "bankentry", "bankpause", "bankslot"),
            "challenges.review_submission",
            "challenges.answer_question",
            *_each(ALL, "community", "liveevent", "chatquestion", "tip"),
            *_each(("view", "change"), "community", "participant", "tutoring", "help"),
            "community.add_merge",
            "community.pause_tutor",
            "community.decide_help",
            "community.moderate_wall",
            "community.change_moocsettings",
            *_each(("view", "change"), "curation", "digest"),
            *_each(("view", "delete"), "curation", "subscriber"),
            "curation.change_digestsettings",
            *_each(ALL, "curation", "siftrule", "trust"),
            *_each(("view", "change"), "curation", "item"),
            "curation.review_item",
            "curation.drop_item",
            "curation.change_curationsettings",
            *_each(("view", "change"), "microblog", "connection", "outboxpost", "report"),
            "microblog.change_timelinesettings",
            "cms.view_contribution",
            "cms.moderate_comment",
            "cms.change_commentsettings",
            *_each(ALL, "curation", "source"),
            "wagtail_localize.submit_translation",
        ],
        pages=("add", "change", "publish", "bulk_delete", "lock", "unlock"),
        files=("add", "change", "choose"),
    ),
    # Sit beside newcomers: no admin at all.
    "Tutors": Role(rights=["challenges.review_submission", "challenges.answer_question"]),
    # Write pages; an organiser reads them before the world does.
    "Editors": Role(
        rights=[
            ADMIN,
            "cms.view_contribution",
            "cms.moderate_comment",
            "curation.review_item",
            *_each(("view", "change"), "curation", "digest"),
            *_each(ALL, "curation", "source"),
            "wagtail_localize.submit_translation",
        ],
        pages=("add", "change"),
        files=("add", "change", "choose"),
    ),
    # Look after words: reports, posts that do harm, walls on a big screen.
    "Moderators": Role(
        rights=[
            ADMIN,
            *_each(("view", "change"), "microblog", "report"),
            "cms.moderate_comment",
            "community.moderate_wall",
            "curation.drop_item",
        ]
    ),
}


class UnknownRight(LookupError):
    """The table names a right that nothing defines."""


@transaction.atomic
def set_roles() -> list[str]:
    """Give each of the four groups exactly its rights; returns the names of those that changed.

    Other groups, and who is in which, stay as they are. Raises UnknownRight.
    """
    return [name for name, role in ROLES.items() if _set_role(name, role)]


def set_roles_once() -> list[str]:
    """On a fresh installation alone: afterwards organisers may have made them their own. Nothing
    while some of the rights aren't there yet, because not all apps were migrated."""
    if Group.objects.filter(name=ORGANISERS).exists():
        return []
    try:
        return set_roles()
    except UnknownRight:
        return []


def _set_role(name: str, role: Role) -> bool:
    group, _made = Group.objects.get_or_create(name=name)
    before = _state(group)
    group.permissions.set(_rights(role.rights))
    GroupPagePermission.objects.filter(group=group).delete()
    root = Page.get_first_root_node()
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group=group, page=root, permission=permission)
        for permission in _rights([f"wagtailcore.{verb}_page" for verb in role.pages])
    )
    files = _each(role.files, "wagtaildocs", "document")
    files += _each(role.files, "wagtailimages", "image")
    GroupCollectionPermission.objects.filter(group=group).delete()
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(
            group=group, collection=Collection.get_first_root_node(), permission=permission
        )
        for permission in _rights(files)
    )
    if name == ORGANISERS:
        _let_approve(group)
    return before != _state(group)


def _let_approve(group: Group) -> None:
    """Pages of editors and ideas of the community wait for organisers, where Wagtail's own workflow
    asks its moderators."""
    for task in GroupApprovalTask.objects.filter(groups__name="Moderators"):
        task.groups.set([group])


def _state(group: Group) -> tuple[frozenset[object], ...]:
    pages = GroupPagePermission.objects.filter(group=group)
    files = GroupCollectionPermission.objects.filter(group=group)
    return (
        frozenset(group.permissions.values_list("pk", flat=True)),
        frozenset(pages.values_list("page", "permission")),
        frozenset(files.values_list("collection", "permission")),
    )


def _rights(names: Iterable[str]) -> list[Permission]:
    """Raises UnknownRight."""
    wanted = {tuple(name.split(".", 1)) for name in names}
    asked = Q(pk=None)
    for app, codename in wanted:
        asked |= Q(content_type__app_label=app, codename=codename)
    found = list(Permission.objects.filter(asked).select_related("content_type"))
    known = {(one.content_type.app_label, one.codename) for one in found}
    if missing := wanted - known:
        raise UnknownRight(", ".join(sorted(".".join(name) for name in missing)))
    return found
