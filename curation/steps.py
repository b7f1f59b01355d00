"""This room's steps, and what it plans to say."""

from curation import crediting, relaying, shelving
from curation.feeds import fetching
from curation.links import describing, following, gleaning, uniting  # noqa: F401 - following listens
from curation.sifting import applying
from microblog.steps import Step, enter_step
from microblog.waiting import enter_planned

enter_step(Step("sift", lambda now: applying.sift_items(now=now), applying.backlog))
enter_step(Step("curate", lambda now: crediting.credit_curation(now=now), crediting.backlog))
enter_step(Step("shelve", shelving.shelve, shelving.backlog))
enter_step(Step("fetch", fetching.fetch, fetching.backlog))
enter_step(Step("relay", relaying.relay, relaying.backlog))
enter_planned("picks", permission="curation.review_item", upcoming=relaying.upcoming)
enter_step(Step("glean", gleaning.glean, gleaning.backlog))
enter_step(Step("describe", describing.describe, describing.backlog))
enter_step(Step("unite", uniting.unite, uniting.backlog))
