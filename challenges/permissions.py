"""Tutors may look at answers and at questions: their group is there from the first start."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db.models.signals import post_migrate
from django.dispatch import receiver

TUTORS = "Tutors"


@receiver(post_migrate, dispatch_uid="let_tutors_review")
def let_tutors_review(sender: AppConfig, **kwargs: Any) -> None:
    if sender.name != "challenges" or not sender.get_models():
        return
    create_permissions(sender, verbosity=0, using=kwargs["using"])
    rights = Permission.objects.filter(
        content_type__app_label="challenges", codename__in=["review_submission", "answer_question"]
    )
    group, is_new = Group.objects.get_or_create(name=TUTORS)
    if is_new:
        group.permissions.add(*rights)
