from community.models.chats import ChatAnswer, ChatQuestion, ChatRhythm, QuestionPost, Replay
from community.models.console import Claim, Need, NeedReason, Tip, TipUse
from community.models.events import LearningEvent
from community.models.figures import (
    CountedPerson,
    CountedPost,
    DailyTally,
    Drawing,
    Exchange,
    FiguresMark,
    Presence,
)
from community.models.help import Help
from community.models.live import LiveEvent, Reminder, SignUp
from community.models.merges import Merge
from community.models.people import AccountLink, Boarding, Consent, LinkCode, Participant, User
from community.models.settings import MoocSettings
from community.models.tutoring import Load, Mentorship, Praise, Topic, Tutoring, TutorRequest
from community.models.wall import WallDecision

__all__ = [
    "AccountLink",
    "Boarding",
    "ChatAnswer",
    "ChatQuestion",
    "ChatRhythm",
    "Claim",
    "Consent",
    "CountedPerson",
    "CountedPost",
    "DailyTally",
    "Drawing",
    "Exchange",
    "FiguresMark",
    "Help",
    "LearningEvent",
    "LinkCode",
    "LiveEvent",
    "Load",
    "Mentorship",
    "Merge",
    "MoocSettings",
    "Need",
    "NeedReason",
    "Participant",
    "Praise",
    "Presence",
    "QuestionPost",
    "Reminder",
    "Replay",
    "SignUp",
    "Tip",
    "TipUse",
    "Topic",
    "TutorRequest",
    "Tutoring",
    "User",
    "WallDecision",
]
