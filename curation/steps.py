"""This room's steps."""

from curation import crediting, shelving
from curation.feeds import fetching
from curation.sifting import applying
from microblog.steps import Step, enter_step

enter_step(Step("sift", lambda now: applying.sift_items(now=now), applying.backlog))
enter_step(Step("curate", lambda now: crediting.credit_curation(now=now), crediting.backlog))
enter_step(Step("shelve", shelving.shelve, shelving.backlog))
enter_step(Step("fetch", fetching.fetch, fetching.backlog))
