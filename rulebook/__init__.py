"""Rules that speak to learners: facts in, findings with explanations out. No ORM, clock or
network."""

from rulebook.findings import Finding, Outcome, Verdict, accepted, not_yet, with_tutor
from rulebook.messages import Message
from rulebook.registry import Rule, Rulebook, RuleSpec, UnknownRule

__all__ = [
    "Finding",
    "Message",
    "Outcome",
    "Rule",
    "RuleSpec",
    "Rulebook",
    "UnknownRule",
    "Verdict",
    "accepted",
    "not_yet",
    "with_tutor",
]
