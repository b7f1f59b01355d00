"""The transcript of a tweetchat as plain values, for paper, text and machines: what may be shown,
question by question, in the order in which it was said."""

from typing import Any

from django.utils.translation import gettext as _

from community.live.chat.reading import Answer, Chat
from community.models import LiveEvent
from microblog.text import on_one_line


def as_values(event: LiveEvent, chat: Chat) -> dict[str, Any]:
    """For JSON. The chat comes filled."""
    return {
        "title": event.title,
        "hashtag": event.said_hashtag,
        "starts_at": event.starts_at,
        "ends_at": event.ends_at,
        "people": chat.people,
        "questions": [
            {
                "number": part.question.number,
                "text": part.text,
                "language": part.language,
                "asked_at": part.question.asked_at,
                "people": part.people,
                "unshown": part.unshown,
                "answers": [_answer(answer) for answer in part.answers],
                "also_said": [_answer(answer) for answer in part.also],
            }
            for part in chat.parts
        ],
    }


def leave_secrets_out(chat: Chat) -> None:
    """Paper and files can't fold away the answer of a riddle that others are still looking for."""
    for part in chat.parts:
        part.answers = [answer for answer in part.answers if answer.post.veil is None]
        part.also = [answer for answer in part.also if answer.post.veil is None]


def _answer(answer: Answer) -> dict[str, Any]:
    post = answer.post
    return {
        "name": post.author.name,
        "handle": post.author.handle,
        "address": post.url,
        "said_at": post.said_at,
        "later": answer.row.is_late,
        "content_warning": post.content_warning,
        "text": post.text,
        "pictures": [media.alt_text for media in post.media.all()],
    }


def as_text(event: LiveEvent, chat: Chat) -> str:
    """One line is empty between any two things that were said."""
    day = event.starts_at.astimezone(event.zone)
    lines = [event.title, f"#{event.said_hashtag} · {day:%Y-%m-%d %H:%M} ({event.time_zone})"]
    for part in chat.parts:
        lines.append(f"Q{part.question.number}. {part.text}")
        lines += [_line(answer, event) for answer in part.answers]
        if part.unshown:
            lines.append(_("[counted without being shown: %(count)s]") % {"count": part.unshown})
    return "\n\n".join(lines) + "\n"


def _line(answer: Answer, event: LiveEvent) -> str:
    post = answer.post
    moment = post.said_at.astimezone(event.zone)
    words = on_one_line(post.text)
    if post.content_warning:
        words = f"[{post.content_warning}] {words}"
    pictures = "".join(f" [{media.alt_text or _('a picture')}]" for media in post.media.all())
    return f"{moment:%Y-%m-%d %H:%M} @{post.author.handle}: {words}{pictures}"
