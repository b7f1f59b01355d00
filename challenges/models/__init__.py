from challenges.models.answers import Decision, Screening, Submission
from challenges.models.kinds import MiniChallengePage, PhotoRiddlePage
from challenges.models.launches import Launch, LaunchPost
from challenges.models.pages import ChallengeIndexPage, ChallengePage

__all__ = [
    "ChallengeIndexPage",
    "ChallengePage",
    "Decision",
    "Launch",
    "LaunchPost",
    "MiniChallengePage",
    "PhotoRiddlePage",
    "Screening",
    "Submission",
]
