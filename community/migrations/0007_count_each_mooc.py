"""What is counted, for each MOOC apart. What was counted so far is the whole installation's."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

SITE = "The number of a MOOC's site; 0: the whole installation."
POSTS = ("post_id", "person_id", "answers_id", "said_at", "network", "language")
POSTS += ("converses", "helps")
PEOPLE = ("person_id", "first_at", "last_at", "network", "language", "answered_at")


def site() -> "models.PositiveIntegerField[int, int]":
    return models.PositiveIntegerField(default=0, help_text=SITE)


def key(to: str, **more: Any) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        db_constraint=False,
        db_index=False,
        on_delete=django.db.models.deletion.DO_NOTHING,
        related_name="+",
        to=to,
        **more,
    )


def copy(apps: Any, schema_editor: Any) -> None:
    """Within the database: there may be a million."""
    for name, columns in (("CountedPost", POSTS), ("CountedPerson", PEOPLE)):
        old = apps.get_model("community", name)._meta.db_table
        new = apps.get_model("community", f"{name}There")._meta.db_table
        told = ", ".join(columns)
        schema_editor.execute(
            f"INSERT INTO {new} (site, {told}) SELECT 0, {told} FROM {old}"  # noqa: S608 - ours
        )


class Migration(migrations.Migration):
    dependencies = [("community", "0006_say_who_set_aside")]

    operations = [
        migrations.CreateModel(
            name="CountedPostThere",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("site", site()),
                ("said_at", models.DateTimeField()),
                ("network", models.CharField(max_length=20)),
                (
                    "language",
                    models.CharField(blank=True, help_text='Without region: "fr".', max_length=20),
                ),
                (
                    "converses",
                    models.BooleanField(
                        default=False,
                        help_text="Said, answered, answered back: the third post of a "
                        "conversation.",
                    ),
                ),
                (
                    "helps",
                    models.BooleanField(default=False, help_text="A help that was confirmed."),
                ),
                ("post", key("microblog.post")),
                ("person", key("community.participant")),
                (
                    "answers",
                    key(
                        "community.participant",
                        null=True,
                        help_text="Another person, whose post this one answers.",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CountedPersonThere",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("site", site()),
                ("first_at", models.DateTimeField(db_index=True)),
                ("last_at", models.DateTimeField(db_index=True)),
                ("network", models.CharField(help_text="Of the first post.", max_length=20)),
                (
                    "language",
                    models.CharField(blank=True, help_text="Of the first post.", max_length=20),
                ),
                ("answered_at", models.DateTimeField(null=True)),
                ("person", key("community.participant")),
            ],
        ),
        migrations.RunPython(copy, migrations.RunPython.noop),
        migrations.DeleteModel(name="CountedPost"),
        migrations.DeleteModel(name="CountedPerson"),
        migrations.RenameModel(old_name="CountedPostThere", new_name="CountedPost"),
        migrations.RenameModel(old_name="CountedPersonThere", new_name="CountedPerson"),
        migrations.AddConstraint(
            model_name="countedpost",
            constraint=models.UniqueConstraint(
                fields=("post", "site"), name="one_count_of_a_post_for_each_mooc"
            ),
        ),
        migrations.AddConstraint(
            model_name="countedperson",
            constraint=models.UniqueConstraint(
                fields=("person", "site"), name="one_count_of_a_person_for_each_mooc"
            ),
        ),
        migrations.AddIndex(
            model_name="countedpost",
            index=models.Index(
                fields=["person", "site", "said_at", "post"], name="counted_posts_of_a_person"
            ),
        ),
        migrations.AddIndex(
            model_name="countedpost",
            index=models.Index(
                condition=models.Q(("answers__isnull", False)),
                fields=["answers", "person", "site", "said_at"],
                name="counted_answers_of_a_pair",
            ),
        ),
        migrations.AddIndex(
            model_name="countedpost",
            index=models.Index(
                condition=models.Q(("answers__isnull", False)),
                fields=["answers", "site", "said_at"],
                name="counted_answers_to_a_person",
            ),
        ),
        migrations.AddField(model_name="dailytally", name="site", field=site()),
        migrations.AddField(model_name="presence", name="site", field=site()),
        migrations.AddField(model_name="exchange", name="site", field=site()),
        migrations.AddField(
            model_name="figuresmark",
            name="moocs",
            field=models.CharField(
                blank=True,
                default="",
                help_text="How MOOCs were told apart when posts were counted.",
                max_length=64,
            ),
            preserve_default=False,
        ),
        migrations.RemoveConstraint(model_name="dailytally", name="one_tally_per_day_and_kind"),
        migrations.AddConstraint(
            model_name="dailytally",
            constraint=models.UniqueConstraint(
                fields=("site", "day", "kind", "network", "language"),
                name="one_tally_per_day_and_kind",
            ),
        ),
        migrations.RemoveIndex(model_name="presence", name="people_of_a_span"),
        migrations.AddIndex(
            model_name="presence",
            index=models.Index(
                fields=["site", "span", "start", "part", "person"], name="people_of_a_span"
            ),
        ),
        migrations.RemoveConstraint(model_name="presence", name="one_presence_per_span_and_part"),
        migrations.AddConstraint(
            model_name="presence",
            constraint=models.UniqueConstraint(
                fields=("person", "site", "span", "start", "part", "network", "language"),
                name="one_presence_per_span_and_part",
            ),
        ),
        migrations.RemoveConstraint(model_name="exchange", name="one_exchange_per_direction"),
        migrations.AddConstraint(
            model_name="exchange",
            constraint=models.UniqueConstraint(
                fields=("answerer", "answered", "site"), name="one_exchange_per_direction"
            ),
        ),
    ]
