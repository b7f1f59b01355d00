from badges.models.awards import (
    Award,
    AwardEvidence,
    Evaluation,
    EvaluationMark,
    RulesApplied,
)
from badges.models.classes import BadgeClass, BadgeTag, Issuer

__all__ = [
    "Award",
    "AwardEvidence",
    "BadgeClass",
    "BadgeTag",
    "Evaluation",
    "EvaluationMark",
    "Issuer",
    "RulesApplied",
]
