"""The steps that the house enters in the pipeline, and the threads that it wants to hear."""

from cms.comments import gathering
from cms.comments.telling import page_threads
from cms.contributing import settling
from cms.searching import keeping
from cms.serving import kin
from microblog.hearing import enter_thread_source
from microblog.steps import Step, enter_step

enter_step(Step("contribute", settling.contribute_step, settling.backlog))
enter_step(Step("gather", gathering.gather, gathering.backlog))
enter_step(Step("index", keeping.index, keeping.backlog))
enter_step(Step("picture", kin.make_kin, kin.backlog))
enter_thread_source(page_threads)
