"""What was there before MOOCs were told apart belongs to the default site's."""

from typing import Any

from django.db import migrations


def give_all_to_the_first(apps: Any, schema_editor: Any) -> None:
    site = apps.get_model("wagtailcore", "Site").objects.filter(is_default_site=True).first()
    if site is None:
        return
    apps.get_model("community", "LiveEvent").objects.filter(site=None).update(site=site)
    aboard = apps.get_model("community", "Participant").objects.exclude(embarked_at=None)
    boarding = apps.get_model("community", "Boarding")
    boarding.objects.bulk_create(
        (
            boarding(participant_id=pk, site_id=site.pk, at=at)
            for pk, at in aboard.values_list("pk", "embarked_at").iterator()
        ),
        batch_size=1000,
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [("community", "0004_tell_moocs_apart")]

    operations = [migrations.RunPython(give_all_to_the_first, migrations.RunPython.noop)]
