"""Where everything is. People's pages carry their language; machines' addresses don't and never
change."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.dressing import colours
from cms.serving.routing import serve as serve_page
from config.doors import sign_in

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/login/", sign_in),
    path("admin/", include(wagtailadmin_urls)),
    path("django-admin/login/", sign_in),
    path("django-admin/", admin.site.urls),
    path("documents/", include(wagtaildocs_urls)),
    path("badges/", include("badges.hosted_urls")),
    path("websub/", include("curation.websub.urls")),
    re_path(r"^colours/(?P<accent>[0-9a-fA-F]{6})\.css$", colours, name="colours"),
]

if settings.SERVE_MEDIA:
    urlpatterns.append(
        re_path(
            r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT}, name="media"
        )
    )

urlpatterns.append(path("", include("microblog.permalinks")))
urlpatterns.append(path("", include("cms.outreach.urls")))

urlpatterns += i18n_patterns(
    path("accounts/", include("allauth.urls")),
    path("", include("cms.urls")),
    path("", include("community.urls")),
    path("timeline/", include("microblog.urls")),
    path("tutoring/", include("community.tutoring.urls")),
    path("figures/", include("community.figures.urls")),
    path("live/", include("community.live.urls")),
    path("curation/", include("curation.urls")),
    path("digest/", include("curation.digest.urls")),
    path("take-part/", include("challenges.urls")),
    path("propose/", include("challenges.proposals.urls")),
    path("write/", include("cms.contributing.urls")),
    path("replies/", include("cms.comments.urls")),
    path("review/", include("challenges.review_urls")),
    path("badges/", include("badges.urls")),
    path("_util/login/", sign_in),
    re_path(wagtail_urls.serve_pattern, serve_page, name="wagtail_serve"),
    path("", include(wagtail_urls)),
)
