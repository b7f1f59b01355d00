"""Pictures of texts: in the library, described and credited, from the moment they are sent."""

from typing import Any

from django.db import transaction
from wagtail.images import get_image_model
from wagtail.models import Collection

from cms.models import Contribution, ContributionPicture

LIBRARY = "Contributions"


def add_picture(contribution: Contribution, told: dict[str, Any]) -> ContributionPicture:
    """`told`: the fields of a valid PictureForm, whose file was written anew already."""
    with transaction.atomic():
        image = get_image_model().objects.create(
            title=told["alt_text"][:255],
            file=told["file"],
            alt_text=told["alt_text"],
            credit=told["credit"],
            licence=told["picture_licence"],
            uploaded_by_user=contribution.author.user,
            collection=_collection(),
        )
        return ContributionPicture.objects.create(contribution=contribution, image=image)


def _collection() -> Collection:
    """Editors find members' pictures in a place of their own."""
    root = Collection.get_first_root_node()
    known = root.get_children().filter(name=LIBRARY).first()
    return known or root.add_child(name=LIBRARY)
