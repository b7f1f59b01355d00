"""The bank's rooms in the admin."""

from django.urls import path

from challenges.bank.views import calendar, copies, figures, moments, queues

app_name = "bank"
urlpatterns = [
    path("", queues.desk, name="desk"),
    path("new/", queues.create, name="create"),
    path("pauses/", moments.add_pause, name="add_pause"),
    path("pauses/<int:number>/remove/", moments.remove_pause, name="remove_pause"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("figures/", figures.index, name="figures"),
    path("figures.csv", figures.table, name="figures_csv"),
    path("figures/<int:pk>/", figures.of_challenge, name="figures_of"),
    path("copy/<int:pk>/", copies.duplicate, name="duplicate"),
    path("translate/<int:pk>/", copies.translate, name="translate"),
    path("<int:pk>/", queues.queue_page, name="queue"),
    path("<int:pk>/edit/", queues.edit, name="edit"),
    path("<int:pk>/delete/", queues.delete, name="delete"),
    path("<int:pk>/add/", queues.add, name="add"),
    path("<int:pk>/reorder/", queues.reorder, name="reorder"),
    path("<int:pk>/entries/<int:entry>/remove/", queues.remove, name="remove"),
    *(
        path(
            f"<int:pk>/entries/<int:entry>/{to}/",
            queues.shift,
            kwargs={"to": to},
            name=f"shift_{to}",
        )
        for to in queues.SHIFTS
    ),
    path("<int:pk>/pause/", moments.pause, name="pause"),
    path("<int:pk>/resume/", moments.resume, name="resume"),
    path("<int:pk>/skip/", moments.skip, name="skip"),
    path("<int:pk>/restore/", moments.restore, name="restore"),
    path("<int:pk>/move/", moments.move, name="move"),
]
