"""This room's steps."""

from curation import shelving
from microblog.steps import Step, enter_step

enter_step(Step("shelve", shelving.shelve, shelving.backlog))
