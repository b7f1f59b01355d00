"""The steps that this room enters in the pipeline, and the hashtags that it wants to hear."""

from challenges import crediting, feedback, screening
from challenges.bank import counting, planning
from challenges.catalogue import open_hashtags
from challenges.launching import launches_waiting, promise_launches
from challenges.proposals import settling
from challenges.proposals.proposing import proposal_hashtags
from challenges.repair import rejudging
from challenges.repair.steps import rejudge
from challenges.riddles import planning as planning_of_riddles
from microblog.hearing import enter_hashtag_source
from microblog.steps import Step, enter_step

enter_step(Step("screen", screening.screen_posts, screening.backlog))
enter_step(Step("rejudge", rejudge, rejudging.backlog))
enter_step(Step("credit", crediting.credit_submissions, crediting.backlog))
enter_step(Step("plan", planning.plan_launches, planning.backlog))
enter_step(Step("launch", promise_launches, launches_waiting))
enter_step(Step("hint", planning_of_riddles.give_planned, planning_of_riddles.backlog))
enter_step(Step("feedback", feedback.promise_feedback, feedback.backlog))
enter_step(Step("tally", counting.tally_challenges, counting.backlog))
enter_step(Step("propose", settling.propose_step, settling.backlog))
enter_hashtag_source(open_hashtags)
enter_hashtag_source(proposal_hashtags)
