"""The steps that the house enters in the pipeline, the threads that it wants to hear, and the feeds
that a hub is told of."""

from cms.comments import gathering
from cms.comments.telling import page_threads
from cms.contributing import settling
from cms.outreach import feeds
from cms.searching import keeping
from cms.serving import front, kin
from curation.websub.telling import OtherFeeds, enter_feeds
from microblog.hearing import enter_thread_source
from microblog.steps import Step, enter_step

enter_step(Step("contribute", settling.contribute_step, settling.backlog))
enter_step(Step("gather", gathering.gather, gathering.backlog))
enter_step(Step("index", keeping.index, keeping.backlog))
enter_step(Step("picture", kin.make_kin, kin.backlog))
enter_step(Step("purge", front.purge, front.backlog))
enter_thread_source(page_threads)
enter_feeds("house", OtherFeeds(feeds.addresses, feeds.newest))
