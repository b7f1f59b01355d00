"""The pages of the practice timeline."""

from django.urls import path

from microblog.views import notifications, people, reacting, reading, writing

app_name = "microblog"
urlpatterns = [
    path("", reading.local, name="local_timeline"),
    path("home/", reading.home, name="home_timeline"),
    path("tags/<str:name>/", reading.hashtag, name="hashtag"),
    path("notifications/", notifications.notifications, name="notifications"),
    path("write/", writing.compose, name="compose"),
    path("people/", people.suggest, name="suggest"),
    path("profile/", people.edit_profile, name="edit_profile"),
    path("open/", people.open_account, name="open_account"),
    path("@<str:handle>/", people.profile, name="profile"),
    path("@<str:handle>/follow/", reacting.follow, name="follow"),
    path("@<str:handle>/following/", people.following, name="following"),
    path("@<str:handle>/followers/", people.followers, name="followers"),
    path("@<str:handle>/report/", reacting.report_account, name="report_account"),
    path("@<str:handle>/<str:number>/", reading.post, name="post"),
    path("@<str:handle>/<str:number>/edit/", writing.edit, name="edit"),
    path("@<str:handle>/<str:number>/delete/", writing.delete, name="delete"),
    path("@<str:handle>/<str:number>/favourite/", reacting.favourite, name="favourite"),
    path("@<str:handle>/<str:number>/boost/", reacting.boost, name="boost"),
    path("@<str:handle>/<str:number>/report/", reacting.report, name="report"),
]
