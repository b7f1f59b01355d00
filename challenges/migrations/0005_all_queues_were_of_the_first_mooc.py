"""Queues that were there before MOOCs were told apart belong to the default site's."""

from typing import Any

from django.db import migrations


def give_all_to_the_first(apps: Any, schema_editor: Any) -> None:
    site = apps.get_model("wagtailcore", "Site").objects.filter(is_default_site=True).first()
    if site is not None:
        apps.get_model("challenges", "BankSchedule").objects.filter(site=None).update(site=site)


class Migration(migrations.Migration):
    dependencies = [("challenges", "0004_queues_of_a_mooc")]

    operations = [migrations.RunPython(give_all_to_the_first, migrations.RunPython.noop)]
