"""Where tutors and organisers look at answers."""

from django.urls import path

from challenges.repair import views as repair
from challenges.riddles import views as riddles
from challenges.views import review

app_name = "review"
urlpatterns = [
    path("", review.waiting, name="waiting"),
    path("decisions/", review.decisions, name="decisions"),
    path("attach/", review.attach, name="attach"),
    path("posts/<int:pk>/", review.post, name="post"),
    path("posts/<int:pk>/detach/", review.detach, name="detach"),
    path("posts/<int:pk>/rejudge/", repair.rejudge_one, name="rejudge"),
    path("decisions/<int:pk>/undo/", repair.undo, name="undo"),
    path("answers/<int:pk>/accept/", review.accept, name="accept"),
    path("answers/<int:pk>/ask/", review.ask, name="ask"),
    path("questions/", riddles.questions, name="questions"),
    path("questions/<int:pk>/answer/", riddles.answer, name="answer_question"),
    path("questions/<int:pk>/change/", riddles.change, name="change_answer"),
    path("questions/<int:pk>/undo/", riddles.undo, name="undo_answer"),
    path("questions/<int:pk>/aside/", riddles.aside, name="set_question_aside"),
    path("questions/<int:pk>/again/", riddles.again, name="take_question_up"),
]
