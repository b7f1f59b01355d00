from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0008_name_the_review"),
    ]

    operations = [
        migrations.CreateModel(
            name="FrontCopy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.CharField(max_length=600)),
                ("until", models.DateTimeField(db_index=True)),
                ("purge_at", models.DateTimeField(blank=True, null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("purge_at__isnull", False)),
                        fields=["purge_at"],
                        name="copies_to_take_back",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("address",), name="one_copy_per_address_in_front"
                    )
                ],
            },
        ),
    ]
