"""This room's steps."""

from microblog import delivering, hearing, rechecking
from microblog.steps import Step, enter_step

enter_step(Step("hear", hearing.hear, hearing.backlog))
enter_step(Step("deliver", delivering.deliver_due_posts, delivering.backlog))
enter_step(Step("recheck", rechecking.recheck, rechecking.backlog))
