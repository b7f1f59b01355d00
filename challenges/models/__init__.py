from challenges.models.answers import Decision, Screening, Submission
from challenges.models.launches import Launch, LaunchPost
from challenges.models.pages import ChallengeIndexPage, ChallengePage, MiniChallengePage, PhotoRiddlePage

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
