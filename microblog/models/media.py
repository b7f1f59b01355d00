from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from microblog.gateways.base import MediaKind
from microblog.models.accounts import Account
from microblog.models.posts import Post


class Media(models.Model):
    """A picture, film or sound of a post: an uploaded file here, an address elsewhere."""

    KINDS = [(kind.value, kind.value) for kind in MediaKind]

    post = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.CASCADE, related_name="media"
    )
    uploader = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.CASCADE, related_name="uploads"
    )
    kind = models.CharField(max_length=10, choices=KINDS, default="image")
    file = models.ImageField(
        upload_to="posts/%Y/%m/", blank=True, width_field="width", height_field="height"
    )
    remote_url = models.URLField(max_length=1000, blank=True)
    preview_url = models.URLField(max_length=1000, blank=True)
    alt_text = models.TextField(_("description"), blank=True, max_length=1500)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("media")
        verbose_name_plural = _("media")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.alt_text or self.url

    @property
    def url(self) -> str:
        return self.file.url if self.file else self.remote_url
