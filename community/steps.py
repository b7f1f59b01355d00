"""This room's step, and the hashtags it wants to hear."""

from community import mentoring
from community.moocs import live_hashtags, mooc_hashtags
from microblog.hearing import enter_hashtag_source
from microblog.steps import Step, enter_step

enter_step(Step("mentor", mentoring.mentor, mentoring.backlog))
enter_hashtag_source(mooc_hashtags)
enter_hashtag_source(live_hashtags)
