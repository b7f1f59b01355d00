from typing import Any

from django.db import migrations

BEFORE = "Moderators approval"
NAME = "Relecture · Review"
"""One name for the editors of every language: it is kept in the database, not translated."""


def rename(apps: Any, _editor: Any) -> None:
    for model in ("Workflow", "Task"):
        apps.get_model("wagtailcore", model).objects.filter(name=BEFORE).update(name=NAME)


def name_as_before(apps: Any, _editor: Any) -> None:
    for model in ("Workflow", "Task"):
        apps.get_model("wagtailcore", model).objects.filter(name=NAME).update(name=BEFORE)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0007_renditions_have_kin"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(rename, name_as_before)]
