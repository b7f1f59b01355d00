from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from microblog.gateways.base import Visibility
from microblog.hashtags import bare
from microblog.models.accounts import Account, Follow
from microblog.models.connections import Connection
from microblog.networks import Network

VISIBILITIES = [
    (Visibility.PUBLIC.value, _("public")),
    (Visibility.UNLISTED.value, _("quiet (unlisted)")),
    (Visibility.FOLLOWERS.value, _("followers only")),
    (Visibility.DIRECT.value, _("direct")),
]


class PostQuerySet(models.QuerySet["Post"]):
    def alive(self) -> Self:
        return self.filter(deleted_at=None)

    def practice(self) -> Self:
        return self.filter(network=Network.PRACTICE)

    def public(self) -> Self:
        """What anybody may read; unlisted posts are readable, only not listed."""
        return self.filter(visibility=Visibility.PUBLIC.value)

    def readable_by(self, account: Account | None) -> Self:
        """What this person may read; None is anybody."""
        allowed = Q(visibility__in=[Visibility.PUBLIC.value, Visibility.UNLISTED.value])
        if account is not None:
            follows = Follow.objects.filter(follower=account, followed=OuterRef("author"))
            named = Mention.objects.filter(post=OuterRef("pk"), account=account)
            allowed |= Q(author=account) | Q(Exists(named))
            allowed |= Q(Exists(follows), visibility=Visibility.FOLLOWERS.value)
        return self.filter(allowed)

    def unanswered(self) -> Self:
        """Posts that changed since the rooms above looked at them (or that nobody looked at
        yet)."""
        return self.filter(~Q(answered_fingerprint=F("fingerprint")))

    def untallied(self) -> Self:
        """Posts that changed since figures counted them, or that nobody counted yet."""
        return self.filter(~Q(tallied_fingerprint=F("fingerprint")))

    def ungleaned(self) -> Self:
        """Posts that changed since curation read their links, or whose links nobody read yet."""
        return self.filter(~Q(gleaned_fingerprint=F("fingerprint")))

    def unindexed(self) -> Self:
        """Posts that changed since the search read them, or that it never read; the rooms above
        have looked at them already."""
        read = Q(answered_fingerprint=F("fingerprint"))
        return self.filter(read, ~Q(indexed_fingerprint=F("fingerprint")))

    def with_faces(self) -> Self:
        """All that showing a list of posts needs, in a constant number of queries."""
        return self.select_related("author", "parent__author").prefetch_related(
            "media", "mentions__account"
        )


class Post(models.Model):
    """A post as it stands now, wherever it was said; the practice timeline's posts live here and
    nowhere else.

    After a deletion the row stays without its words, so that nothing which hung on it loses its
    place.
    """

    network = models.CharField(max_length=20, choices=Network)
    uri = models.CharField(max_length=500)
    url = models.URLField(_("address"), max_length=500, blank=True)
    author = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="posts")
    text = models.TextField(_("text"), blank=True)
    html = models.TextField(blank=True, help_text="Sanitised.")
    language = models.CharField(_("language"), max_length=20, blank=True)
    visibility = models.CharField(
        _("visibility"), max_length=20, choices=VISIBILITIES, default="public"
    )
    content_warning = models.CharField(_("content warning"), max_length=500, blank=True)
    is_sensitive = models.BooleanField(default=False)
    hashtags = models.JSONField(default=list, help_text="Normalised: NFC, casefolded, no #.")
    links = models.JSONField(default=list)
    quote_uri = models.CharField(max_length=500, blank=True)

    parent_uri = models.CharField(max_length=500, blank=True, db_index=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replies"
    )
    root = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="thread",
        help_text="The oldest known ancestor; empty where that is the post itself.",
    )

    said_at = models.DateTimeField(_("said"), db_index=True)
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    heard_at = models.DateTimeField(db_default=Now(), editable=False)
    deleted_at = models.DateTimeField(null=True, blank=True)

    fingerprint = models.CharField(
        max_length=32, help_text="Of all words and media that a judgement depends on."
    )
    answered_fingerprint = models.CharField(
        max_length=32,
        blank=True,
        help_text="What the rooms above last answered; empty asks again.",
    )
    tallied_fingerprint = models.CharField(
        max_length=32, blank=True, help_text="What figures last counted; empty counts again."
    )
    gleaned_fingerprint = models.CharField(
        max_length=32, blank=True, help_text="Whose links were last read; empty reads them again."
    )

    indexed_fingerprint = models.CharField(
        max_length=32, blank=True, help_text="What the search last read; empty reads it again."
    )

    veil = models.UUIDField(
        null=True,
        blank=True,
        editable=False,
        help_text="What its words would give away to those who still look for it; see veiling.",
    )

    # What a page shows of a post besides its words: written by timeline.streams.dress_posts.
    favourites: int
    boosts: int
    answers: int
    is_favourite: bool
    is_boosted: bool

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["-said_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["uri"], name="one_row_per_uri")]
        indexes = [
            models.Index(
                fields=["id"],
                condition=~Q(answered_fingerprint=F("fingerprint")),
                name="posts_without_an_answer",
            ),
            models.Index(
                fields=["id"],
                condition=~Q(tallied_fingerprint=F("fingerprint")),
                name="posts_without_a_tally",
            ),
            models.Index(
                fields=["id"],
                condition=~Q(gleaned_fingerprint=F("fingerprint")),
                name="posts_to_glean",
            ),
            models.Index(
                fields=["id"],
                condition=~Q(indexed_fingerprint=F("fingerprint")),
                name="posts_to_index",
            ),
            models.Index(
                fields=["network", "visibility", "-said_at", "-id"], name="posts_of_a_timeline"
            ),
            models.Index(fields=["author", "-said_at"], name="posts_of_an_author"),
            models.Index(
                fields=["veil"], condition=Q(veil__isnull=False), name="posts_that_give_away"
            ),
            models.Index(fields=["root", "said_at"], name="posts_of_a_thread"),
        ]

    def __str__(self) -> str:
        return self.url or self.uri

    @property
    def number(self) -> str:
        """The last part of its address, by which its author's posts are told apart."""
        return self.uri.rpartition("/")[2]

    @property
    def thread_id(self) -> int:
        """The row at the root of this post's thread, itself if it begins one."""
        return self.root_id or self.pk


class Sighting(models.Model):
    """That one connection has seen a post, how first, and what its server calls it."""

    class Via(models.TextChoices):
        MENTION = "mention", _("mention")
        HASHTAG = "hashtag", _("hashtag")
        THREAD = "thread", _("thread")
        OWN = "own", _("said by us")
        BY_HAND = "by_hand", _("brought by hand")

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="sightings")
    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="sightings")
    remote_id = models.CharField(max_length=300)
    parent_remote_id = models.CharField(
        max_length=300, blank=True, help_text="Kept only while the parent is unknown here."
    )
    via = models.CharField(max_length=20, choices=Via)
    first_at = models.DateTimeField(db_default=Now(), editable=False)
    check_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When to ask for the post again (edited? taken back?). Empty: never.",
    )

    class Meta:
        verbose_name = _("sighting")
        verbose_name_plural = _("sightings")
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "post"], name="one_sighting_per_connection"
            )
        ]
        indexes = [
            models.Index(fields=["connection", "remote_id"], name="sightings_by_remote_id"),
            models.Index(
                fields=["connection", "parent_remote_id"],
                condition=~Q(parent_remote_id=""),
                name="sightings_without_parent",
            ),
            models.Index(
                fields=["check_at"], condition=Q(check_at__isnull=False), name="sightings_to_check"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.connection_id}:{self.remote_id}"


class PostHashtag(models.Model):
    """A post's hashtag, beside the moment of the post: an hour of a busy hashtag is one range of an
    index."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="hashtag_rows")
    name = models.CharField(max_length=200, help_text="Normalised: NFC, casefolded, no #.")
    bare_name = models.CharField(max_length=200, help_text="The name without accents.")
    said_at = models.DateTimeField(help_text="As the post's, which never changes.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "name"], name="one_row_per_hashtag_of_a_post")
        ]
        indexes = [
            models.Index(fields=["name", "-post"], name="posts_of_a_hashtag"),
            models.Index(fields=["bare_name", "said_at"], name="moments_of_a_hashtag"),
        ]

    def __str__(self) -> str:
        return f"#{self.name}"

    @classmethod
    def of(cls, post: Post, name: str) -> Self:
        """A row to be written; `name` is normalised."""
        name = name[:200]
        bare_name = next(iter(bare([name])))[:200]
        return cls(post=post, name=name, bare_name=bare_name, said_at=post.said_at)


class Mention(models.Model):
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="mentions")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="mentioned_in")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["post", "account"], name="one_mention_per_account")
        ]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.account_id}"
