"""This room's step, and the hashtags it wants to hear."""

from community import mentoring
from community.figures import drawing, marking, tallying  # noqa: F401 - marking listens
from community.live import calling
from community.live.chat import asking
from community.live.chat.hearing import chat_hashtags, replay_hashtags
from community.moocs import live_hashtags, mooc_hashtags
from community.tutoring import assigning, tending
from microblog.hearing import enter_hashtag_source
from microblog.steps import Step, enter_step

enter_step(Step("mentor", mentoring.mentor, mentoring.backlog))
enter_step(Step("assign", assigning.assign_tutors, assigning.backlog))
enter_step(Step("tend", tending.tend, tending.backlog))
enter_step(Step("count", tallying.tally, tallying.backlog))
enter_step(Step("draw", drawing.draw, drawing.backlog))
enter_step(Step("ask", asking.ask_due_questions, asking.questions_waiting))
enter_step(Step("remind", calling.remind, calling.backlog))
enter_hashtag_source(mooc_hashtags)
enter_hashtag_source(live_hashtags)
enter_hashtag_source(chat_hashtags)
enter_hashtag_source(replay_hashtags)
