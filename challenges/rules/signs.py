"""What a post carries besides its words: hashtags, mentions, links, a warning, its place."""

from challenges.rules import wording
from challenges.rules.book import RULES
from challenges.rules.facts import PostFacts
from challenges.rules.fields import Params, number, strings, switch
from rulebook import Finding, Message, accepted, not_yet
from rulebook.messages import gettext as _
from rulebook.messages import ngettext


def _wanted_hashtags(params: Params) -> list[str]:
    return list(dict.fromkeys(filter(None, (_tag(tag) for tag in strings(params, "hashtags")))))


def _tag(written: str) -> str:
    return wording.key(written.lstrip("#＃").strip())


def _written(hashtags: list[str]) -> str:
    return ", ".join(f"#{tag}" for tag in hashtags)


def _hashtags_summary(params: Params) -> Message:
    wanted = _wanted_hashtags(params)
    if not wanted:
        return _("Use a hashtag.")
    return ngettext(
        "Use the hashtag %(hashtags)s.",
        "Use all these hashtags: %(hashtags)s.",
        len(wanted),
        hashtags=_written(wanted),
    )


@RULES.rule("hashtags", summary=_hashtags_summary)
def hashtags(facts: PostFacts, params: Params) -> Finding:
    """`hashtags` (list[str], "#" or not): all of them, accents or not; none given: any."""
    wanted = _wanted_hashtags(params)
    present = {wording.fold(tag) for tag in facts.hashtags}
    missing = [tag for tag in wanted if wording.fold(tag) not in present]
    if missing:
        return not_yet(
            ngettext(
                "One hashtag is missing: add %(hashtags)s to your post.",
                "%(count)s hashtags are missing: add %(hashtags)s to your post.",
                len(missing),
                hashtags=_written(missing),
            )
        )
    if wanted:
        return accepted(
            ngettext(
                "The hashtag %(hashtags)s is there.",
                "All the hashtags are there: %(hashtags)s.",
                len(wanted),
                hashtags=_written(wanted),
            )
        )
    if present:
        return accepted(_("Your post has a hashtag."))
    return not_yet(_("Add a hashtag: put # before a word, with no space between them."))


def _mention_summary(params: Params) -> Message:
    return ngettext(
        "Mention somebody by their handle.",
        "Mention %(count)s people by their handles.",
        number(params, "count", 1),
    )


@RULES.rule("mention", summary=_mention_summary)
def mention(facts: PostFacts, params: Params) -> Finding:
    """`count` (int = 1): so many different people; the accounts of this site don't count."""
    people = {wording.key(somebody.handle) for somebody in facts.mentions if not somebody.is_ours}
    missing = number(params, "count", 1) - len(people)
    if missing <= 0:
        return accepted(
            ngettext("You mention somebody.", "You mention %(count)s people.", len(people))
        )
    if people:
        return not_yet(
            ngettext(
                "Mention one more person: write @ and their handle.",
                "Mention %(count)s more people: write @ and their handles.",
                missing,
            )
        )
    if facts.mentions:
        return not_yet(_("You mention us, thank you! Mention somebody else too."))
    return not_yet(_("Mention somebody: write @ and their handle in your post."))


def _answers_oneself(facts: PostFacts) -> bool:
    return facts.is_reply and len(facts.thread) > 1


def _reply_summary(params: Params) -> Message:
    if switch(params, "to_someone_else"):
        return _("Answer a post by somebody other than us.")
    return _("Answer somebody's post.")


@RULES.rule("reply", summary=_reply_summary)
def reply(facts: PostFacts, params: Params) -> Finding:
    """`to_someone_else` (bool = False): answering this site's own account isn't enough.

    Answering oneself never is.
    """
    if not facts.is_reply:
        return not_yet(_("This post stands on its own: use “Reply” under somebody's post."))
    if _answers_oneself(facts):
        return not_yet(_("Here you answer your own post: use “Reply” under somebody else's."))
    if facts.parent_is_ours and switch(params, "to_someone_else"):
        return not_yet(_("You answer us, thank you! Now answer somebody else's post."))
    return accepted(_("You answer somebody's post."))


def _starts_conversation_summary(_params: Params) -> Message:
    return _("Write a new post that answers nobody's.")


@RULES.rule("starts_conversation", summary=_starts_conversation_summary)
def starts_conversation(facts: PostFacts, _params: Params) -> Finding:
    """No fields. A thread that goes on from one's own post still counts as begun by its author."""
    if facts.is_reply and not _answers_oneself(facts):
        return not_yet(_("This post answers another one: write a new one to start a conversation."))
    return accepted(_("Your post starts a conversation."))


def _link_summary(_params: Params) -> Message:
    return _("Share a link.")


@RULES.rule("link", summary=_link_summary)
def link(facts: PostFacts, _params: Params) -> Finding:
    """No fields. Hashtags and mentions are no links."""
    if any(address.strip() for address in facts.links):
        return accepted(_("Your post has a link."))
    return not_yet(_("Add a link: copy the whole address, with https:// at its beginning."))


def _content_warning_summary(_params: Params) -> Message:
    return _("Put a content warning on your post.")


@RULES.rule("content_warning", summary=_content_warning_summary)
def content_warning(facts: PostFacts, _params: Params) -> Finding:
    """No fields. The warning needs something to read, an emoji at least."""
    if "".join(wording.graphemes(facts.content_warning)).strip():
        return accepted(_("Your post has a content warning."))
    return not_yet(
        _("Add a content warning: the button often reads “CW”, and a few words say what to expect.")
    )


def _thread_summary(params: Params) -> Message:
    return ngettext(
        "Write a post.",
        "Write a thread of at least %(count)s posts, each one answering your last.",
        number(params, "count", 2),
    )


@RULES.rule("thread", summary=_thread_summary)
def thread(facts: PostFacts, params: Params) -> Finding:
    """`count` (int = 2): at least so many posts of one author, each answering the one before."""
    length = max(len(facts.thread), 1)
    missing = number(params, "count", 2) - length
    if missing <= 0:
        return accepted(ngettext("Your post is here.", "Your thread has %(count)s posts.", length))
    return not_yet(
        ngettext(
            "Your thread needs one more post: answer your own last post (number %(last)s).",
            "Your thread needs %(count)s more posts: answer your own last post (number %(last)s).",
            missing,
            last=length,
        )
    )
