from community.models.events import Help, LearningEvent, LiveEvent
from community.models.people import AccountLink, Consent, LinkCode, Participant, User
from community.models.settings import MoocSettings

__all__ = [
    "AccountLink",
    "Consent",
    "Help",
    "LearningEvent",
    "LinkCode",
    "LiveEvent",
    "MoocSettings",
    "Participant",
    "User",
]
