from challenges.models.answers import Screening, Submission
from challenges.models.bank import BankEntry, BankPause, BankSchedule, BankSlot
from challenges.models.kinds import MiniChallengePage, PhotoRiddlePage
from challenges.models.launches import Launch, LaunchPost
from challenges.models.pages import ChallengeIndexPage, ChallengePage
from challenges.models.proposals import Proposal
from challenges.models.questions import Question
from challenges.models.ratings import Figures, Rating
from challenges.models.repairs import Decision, Rejudgement

__all__ = [
    "BankEntry",
    "BankPause",
    "BankSchedule",
    "BankSlot",
    "ChallengeIndexPage",
    "ChallengePage",
    "Decision",
    "Figures",
    "Launch",
    "LaunchPost",
    "MiniChallengePage",
    "PhotoRiddlePage",
    "Proposal",
    "Question",
    "Rating",
    "Rejudgement",
    "Screening",
    "Submission",
]
