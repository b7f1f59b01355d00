"""Show, count only, or keep nothing: each person's choice, and what follows from it at once."""

from datetime import datetime

from django.db import transaction

from community.figures.marking import recount_people
from community.models import Boarding, Consent, Help, LearningEvent, Participant, User
from community.signals import forgotten
from community.tutoring.volunteering import stop_tutoring
from microblog.models import Account, Post
from microblog.rechecking import forget_posts


@transaction.atomic
def change_consent(person: Participant, consent: Consent, *, now: datetime) -> None:
    """Keep the choice. "Nothing" also removes what was kept so far, here and in the rooms above."""
    if person.consent == consent and person.consent_chosen_at:
        return
    if person.consent == Consent.NOTHING:
        recount_people(person)
    person.consent, person.consent_chosen_at = consent, now
    person.save(update_fields=["consent", "consent_chosen_at"])
    if consent == Consent.NOTHING:
        _forget(person)
    elif consent != Consent.SHOW:
        stop_tutoring(person, now=now)  # newcomers see who sits beside them


def _forget(person: Participant) -> None:
    forgotten.send(sender=Participant, person=person)
    LearningEvent.objects.filter(participant=person).delete()
    LearningEvent.objects.filter(other=person).update(other=None)
    Help.objects.filter(helper=person).delete()
    Help.objects.filter(helped=person).delete()
    Boarding.objects.filter(participant=person).delete()
    Participant.objects.filter(pk=person.pk).update(
        embarked_at=None, embarked_with=None, brought_by=None
    )
    person.refresh_from_db()


@transaction.atomic
def delete_person(user: User, *, now: datetime) -> None:
    """The login, its practice posts and all that was counted. Posts said elsewhere are not ours to
    delete; their authors' words are no longer shown here."""
    accounts = list(Account.objects.filter(user=user))
    forget_posts(Post.objects.filter(author__in=accounts), now=now)
    person = Participant.objects.filter(user=user).first()
    if person:
        _forget(person)
        person.delete()
    for account in accounts:
        account.avatar.delete(save=False)
        account.display_name, account.note, account.user = "", "", None
        account.refuses_bots = True
        account.save()
    user.delete()
