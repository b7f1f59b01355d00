"""This room's steps."""

from badges import announcing, evaluating, issuing
from microblog.steps import Step, enter_step

enter_step(Step("evaluate", evaluating.evaluate_events, evaluating.backlog))
enter_step(Step("issue", issuing.issue_awards, issuing.backlog))
enter_step(Step("announce", announcing.announce_awards, announcing.backlog))
