"""The tutors' table: the console, the library of tips, being a tutor."""

from django.urls import path

from community.tutoring import (
    claim_views,
    console_views,
    mentee_views,
    profile_views,
    tip_views,
    tutor_views,
)

app_name = "tutoring"
urlpatterns = [
    path("", console_views.console, name="console"),
    path("answer/<int:pk>/", console_views.answer, name="answer"),
    path("answer/<int:pk>/done/", claim_views.answered, name="answered"),
    path("answer/<int:pk>/aside/", claim_views.aside, name="aside"),
    path("answer/<int:pk>/tip/<int:tip_pk>/", claim_views.use_tip, name="use_tip"),
    path("aside/<int:pk>/back/", claim_views.back, name="back"),
    path("claim/<int:pk>/", claim_views.claim, name="claim"),
    path("claim/<int:pk>/prolong/", claim_views.prolong, name="prolong"),
    path("claim/<int:pk>/release/", claim_views.release, name="release"),
    path("tips/", tip_views.library, name="tips"),
    path("tips/new/", tip_views.new_tip, name="new_tip"),
    path("tips/<int:pk>/edit/", tip_views.edit_tip, name="edit_tip"),
    path("tips/<int:pk>/retire/", tip_views.retire, name="retire_tip"),
    path("profile/", profile_views.profile, name="profile"),
    path("profile/stop/", profile_views.stop, name="stop"),
    path("tutors/", profile_views.tutors_of_this_mooc, name="tutors"),
    path("mentees/", mentee_views.mentees, name="mentees"),
    path("mentees/<int:pk>/hand-over/", mentee_views.hand_over, name="hand_over"),
    path("mentees/<int:pk>/celebrated/", mentee_views.celebrated, name="celebrated"),
    path("offers/<int:pk>/", mentee_views.answer_offer, name="answer_offer"),
    path("praise/<int:pk>/", mentee_views.praise, name="praise"),
    path("mine/ask/", tutor_views.ask, name="ask"),
    path("mine/later/", tutor_views.not_now, name="not_now"),
    path("mine/leave/", tutor_views.leave, name="leave"),
    path("mine/share/", tutor_views.share, name="share"),
]
