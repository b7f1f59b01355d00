from badges.models.awards import Award, AwardEvidence, Evaluation
from badges.models.classes import BadgeClass, Issuer

__all__ = ["Award", "AwardEvidence", "BadgeClass", "Evaluation", "Issuer"]
