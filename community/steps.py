"""This room's step, and the hashtags it wants to hear."""

from datetime import timedelta

from community import mentoring
from community.figures import drawing, marking, tallying  # noqa: F401 - marking listens
from community.live import calling, following
from community.live.chat import asking
from community.live.chat.hearing import chat_hashtags, replay_hashtags
from community.moocs import coming_hashtags, late_hashtags, live_hashtags, mooc_hashtags
from community.tutoring import assigning, tending
from microblog.hearing import enter_hashtag_source, enter_thread_source
from microblog.steps import Step, enter_step

NOW_AND_THEN = timedelta(minutes=10)

enter_step(Step("mentor", mentoring.mentor, mentoring.backlog))
enter_step(Step("assign", assigning.assign_tutors, assigning.backlog))
enter_step(Step("tend", tending.tend, tending.backlog))
enter_step(Step("count", tallying.tally, tallying.backlog))
enter_step(Step("draw", drawing.draw, drawing.backlog))
enter_step(Step("ask", asking.ask_due_questions, asking.questions_waiting))
enter_step(Step("remind", calling.remind, calling.backlog))
enter_hashtag_source(mooc_hashtags)
enter_hashtag_source(live_hashtags)
enter_hashtag_source(coming_hashtags, every=NOW_AND_THEN)
enter_hashtag_source(late_hashtags, every=NOW_AND_THEN)
enter_thread_source(following.live_threads)
enter_hashtag_source(chat_hashtags)
enter_hashtag_source(replay_hashtags)
