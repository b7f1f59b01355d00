"""How editors find a member: by name, among those who agree to be shown."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from community.models import Participant


class NameForm(BaseFilterForm):  # type: ignore[misc]
    q = forms.CharField(label=_("Name"), required=False)

    def filter(self, objects: Any) -> Any:
        words = self.cleaned_data.get("q")
        if not words:
            return objects
        self.is_searching, self.search_query = True, words
        return objects.filter(name__icontains=words)


class OfThoseShown:
    """Whoever doesn't agree to be shown isn't offered: a page would show nothing of them."""

    filter_form_class = NameForm

    def get_object_list(self) -> Any:
        return Participant.objects.showing().order_by("name", "pk")


class ChooseMember(OfThoseShown, ChooseView):  # type: ignore[misc]
    pass


class FindMember(OfThoseShown, ChooseResultsView):  # type: ignore[misc]
    pass


class MemberChooser(ChooserViewSet):  # type: ignore[misc]
    model = Participant
    icon = "user"
    choose_view_class = ChooseMember
    choose_results_view_class = FindMember
    choose_one_text = _("Choose a member")
    choose_another_text = _("Choose another member")
    per_page = 20


member_chooser = MemberChooser("members")
