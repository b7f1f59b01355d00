"""On a fresh installation the four groups are there, with their rights, once all tables are."""

from typing import Any

from django.apps import AppConfig, apps
from django.contrib.auth.models import Group
from django.db import connections
from django.db.models.signals import post_migrate
from django.dispatch import receiver
from wagtail.models import GroupCollectionPermission

from cms.roles import set_roles_once

NEEDED = {Group._meta.db_table, GroupCollectionPermission._meta.db_table}


@receiver(post_migrate, dispatch_uid="give_first_rights")
def give_first_rights(sender: AppConfig, **kwargs: Any) -> None:
    """After the last app's own permissions were made; nothing where only some tables were."""
    last = [app for app in apps.get_app_configs() if app.models_module is not None][-1]
    if sender.name != last.name:
        return
    if set(connections[kwargs["using"]].introspection.table_names()) >= NEEDED:
        set_roles_once()
