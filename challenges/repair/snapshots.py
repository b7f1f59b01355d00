"""What was decided about a post, kept before somebody changes it, and put back."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Field

from challenges.models import Screening, Submission
from microblog.models import Post

Snapshot = dict[str, Any]
"""`screening`: its fields, or None; `answers`: the fields of each. Plain values, fit for JSON."""

SCREENING = ("fingerprint", "decision", "challenge_id", "challenge_key", "detector", "screened_at")
ANSWER = (
    "account_id",
    "challenge_id",
    "challenge_key",
    "level",
    "level_number",
    "outcome",
    "findings",
    "note",
    "judged_at",
    "accepted_at",
    "decided_by_id",
    "credited_at",
)
_KEY = ("challenge_key", "level")


def take_snapshots(post_ids: Collection[int]) -> dict[int, Snapshot]:
    """Of each of these posts, in two queries."""
    found: dict[int, Snapshot] = {pk: {"screening": None, "answers": []} for pk in post_ids}
    for row in Screening.objects.filter(post__in=post_ids).values("post_id", *SCREENING):
        found[row.pop("post_id")]["screening"] = _plain(Screening, row)
    answers = Submission.objects.filter(post__in=post_ids).order_by("pk")
    for row in answers.values("post_id", *ANSWER):
        found[row.pop("post_id")]["answers"].append(_plain(Submission, row))
    return found


def outcomes(snapshot: Snapshot) -> Mapping[tuple[str, str], str]:
    """What each level of each challenge came to: (challenge key, level id) → outcome."""
    return {(row["challenge_key"], row["level"]): row["outcome"] for row in snapshot["answers"]}


def restore(post: Post, snapshot: Snapshot) -> None:
    """Put screening and answers back as they were; what was accepted then is credited again."""
    screening = snapshot["screening"]
    if screening is None:
        Screening.objects.filter(post=post).delete()
    else:
        Screening.objects.filter(post=post).update(**_read(Screening, screening))
    rows = [
        Submission(post=post, **(_read(Submission, row) | {"credited_at": None}))
        for row in snapshot["answers"]
    ]
    kept = {(str(row.challenge_key), str(row.level)) for row in rows}
    gone = [
        pk
        for pk, key, level in Submission.objects.filter(post=post).values_list("pk", *_KEY)
        if (str(key), str(level)) not in kept
    ]
    Submission.objects.filter(pk__in=gone).delete()
    Submission.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["challenge_key", "level", "post"],
        update_fields=[_attribute_free(name) for name in ANSWER if name not in _KEY],
    )
    _judge_again_if_edited(post, screening)


def _judge_again_if_edited(post: Post, screening: Mapping[str, Any] | None) -> None:
    """What was decided then was decided about other words, or about none."""
    if screening is None or screening["fingerprint"] != post.fingerprint:
        Post.objects.filter(pk=post.pk).update(answered_fingerprint="")


def _plain(model: type[Screening] | type[Submission], row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _plain_value(value) for name, value in row.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return value if value is None or isinstance(value, int | str | list | dict) else str(value)


def _read(model: type[Screening] | type[Submission], row: Mapping[str, Any]) -> dict[str, Any]:
    """The values as the model's fields hold them; of what is gone meanwhile, nothing."""
    return {
        name: None if _is_gone(model, name, value) else _field(model, name).to_python(value)
        for name, value in row.items()
    }


def _is_gone(model: type[Screening] | type[Submission], name: str, value: Any) -> bool:
    """A page or a login that was deleted since."""
    target = model._meta.get_field(_attribute_free(name)).related_model
    if value is None or target is None or isinstance(target, str):
        return False
    return not target._default_manager.filter(pk=value).exists()


def _field(model: type[Screening] | type[Submission], name: str) -> "Field[Any, Any]":
    field = model._meta.get_field(_attribute_free(name))
    target = getattr(field, "target_field", None)
    return target if target is not None else field  # type: ignore[return-value]


def _attribute_free(name: str) -> str:
    return name.removesuffix("_id")


def changed_levels(before: Snapshot, after: Snapshot) -> Sequence[tuple[str, str]]:
    """Levels whose outcome isn't the same in both."""
    then, now = outcomes(before), outcomes(after)
    return [key for key in then.keys() | now.keys() if then.get(key) != now.get(key)]
