"""Who may do what in the editors' rooms: organisers nearly everything, tutors what helping
needs."""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from cms.demo_loader.ledger import Ledger
from cms.demo_loader.pages import LANGUAGES
from cms.models import HomePage

ADMIN = Q(content_type__app_label="wagtailadmin", codename="access_admin")
ORGANISERS = (
    ADMIN
    | Q(content_type__app_label__in=["badges", "challenges", "curation"])
    | Q(content_type__app_label="community") & ~Q(content_type__model="user")
    | Q(
        content_type__app_label="microblog",
        content_type__model__in=["connection", "outboxpost", "report", "timelinesettings"],
    )
    | Q(content_type__app_label="wagtail_localize", codename="submit_translation")
)
TUTORS = ADMIN | Q(
    codename__in=[
        "view_submission",
        "change_submission",
        "view_screening",
        "view_participant",
        "view_help",
        "change_help",
        "view_award",
        "view_report",
        "change_report",
    ],
    content_type__app_label__in=["badges", "challenges", "community", "microblog"],
)
PAGES = ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page")
FILES = ("add_image", "change_image", "choose_image", "add_document", "choose_document")


def load_groups(ledger: Ledger) -> int:
    """Returns how many are new. After the home pages, below which organisers write."""
    return ledger.load("group:Organisers", _organisers, ledger) + ledger.load(
        "group:Tutors", _tutors
    )


def _organisers(ledger: Ledger) -> Group:
    group = _group("Organisers", ORGANISERS)
    homes = [ledger.find(f"page:home:{language}", HomePage) for language in LANGUAGES]
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group=group, page=home, permission=permission)
        for home in filter(None, homes)
        for permission in _permissions("wagtailcore", PAGES)
    )
    root = Collection.get_first_root_node()
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(group=group, collection=root, permission=permission)
        for app in ("wagtailimages", "wagtaildocs")
        for permission in _permissions(app, FILES)
    )
    return group


def _tutors() -> Group:
    return _group("Tutors", TUTORS)


def _group(name: str, rights: Q) -> Group:
    """A group of that name that is there already keeps its own rights too."""
    group, _made = Group.objects.get_or_create(name=name)
    group.permissions.add(*Permission.objects.filter(rights))
    return group


def _permissions(app: str, names: tuple[str, ...]) -> list[Permission]:
    return list(Permission.objects.filter(content_type__app_label=app, codename__in=names))
