"""How the badge rules speak: for each kind of deed what is asked, what was done, and what is still
ahead."""

from dataclasses import dataclass, replace

from badges.rules.asking import Ask
from rulebook import Message
from rulebook.messages import Param, ngettext
from rulebook.messages import gettext as _


@dataclass(frozen=True, slots=True)
class Words:
    """Three sentences, each with `%(count)s` (of what is asked, done, or missing) where it can be
    more than one."""

    asking: Message
    having: Message
    lacking: Message

    def asked(self, count: int, **params: Param) -> Message:
        return _counting(self.asking, count, params)

    def done(self, count: int, **params: Param) -> Message:
        return _counting(self.having, count, params)

    def ahead(self, count: int, **params: Param) -> Message:
        return _counting(self.lacking, count, params)


def _counting(message: Message, count: int, params: dict[str, Param]) -> Message:
    return replace(message, params={**params, "count": count}, count=count)


def words_for(ask: Ask) -> Words:
    """The nearest words there are: of the kind and the way of counting, of the kind, of any deed at
    all."""
    if len(ask.kinds) != 1:
        return ANYTHING
    (kind,) = ask.kinds
    ways = [f"{ask.distinct} tag", "tag"] if ask.tag else []
    found = (WORDS.get((kind, way)) for way in [*ways, ask.distinct, ""])
    return next((words for words in found if words), ANYTHING)


def _first(asking: Message, having: Message) -> Words:
    """Of what happens once: what is ahead is what is asked."""
    return Words(asking, having, asking)


ANYTHING = Words(
    ngettext("Do %(count)s of the things it asks for", "Do %(count)s of the things it asks for", 0),
    ngettext("You did it.", "You did it %(count)s times.", 0),
    ngettext("Once more, and you are there.", "%(count)s more times, and you are there.", 0),
)

WORDS: dict[tuple[str, str], Words] = {
    ("embarked", ""): _first(_("Come aboard"), _("You came aboard.")),
    ("first_post", ""): _first(_("Write a first message"), _("You wrote a first message.")),
    ("first_hashtag", ""): _first(_("Use a hashtag"), _("You used a hashtag.")),
    ("first_mention", ""): _first(_("Mention somebody"), _("You mentioned somebody.")),
    ("first_reply", ""): _first(_("Answer somebody"), _("You answered somebody.")),
    ("first_photo", ""): _first(_("Share a photo"), _("You shared a photo.")),
    ("first_described_photo", ""): _first(
        _("Describe a photo for somebody who doesn't see it"), _("You described a photo.")
    ),
    ("first_link", ""): _first(_("Share a link"), _("You shared a link.")),
    ("first_thread", ""): _first(_("Write a thread"), _("You wrote a thread.")),
    ("first_boost", ""): _first(_("Pass on somebody's message"), _("You passed on a message.")),
    ("first_content_warning", ""): _first(
        _("Put a warning before a message"), _("You put a warning before a message.")
    ),
    ("level_accepted", ""): Words(
        ngettext("Pass a level of a challenge", "Pass %(count)s levels of challenges", 0),
        ngettext("You passed a level.", "You passed %(count)s levels.", 0),
        ngettext("%(count)s more level to pass", "%(count)s more levels to pass", 0),
    ),
    ("level_accepted", "challenge"): Words(
        ngettext("Take up a challenge", "Take up %(count)s different challenges", 0),
        ngettext("You took up a challenge.", "You took up %(count)s different challenges.", 0),
        ngettext("%(count)s more challenge to take up", "%(count)s more challenges to take up", 0),
    ),
    ("level_accepted", "tag"): Words(
        ngettext(
            "Pass a level of a challenge about “%(tag)s”",
            "Pass %(count)s levels of challenges about “%(tag)s”",
            0,
        ),
        ngettext(
            "You passed a level about “%(tag)s”.", "You passed %(count)s levels about “%(tag)s”.", 0
        ),
        ngettext(
            "%(count)s more level to pass about “%(tag)s”",
            "%(count)s more levels to pass about “%(tag)s”",
            0,
        ),
    ),
    ("level_accepted", "challenge tag"): Words(
        ngettext(
            "Take up a challenge about “%(tag)s”",
            "Take up %(count)s different challenges about “%(tag)s”",
            0,
        ),
        ngettext(
            "You took up a challenge about “%(tag)s”.",
            "You took up %(count)s challenges about “%(tag)s”.",
            0,
        ),
        ngettext(
            "%(count)s more challenge to take up about “%(tag)s”",
            "%(count)s more challenges to take up about “%(tag)s”",
            0,
        ),
    ),
    ("riddle_solved", ""): Words(
        ngettext("Find the answer of a riddle", "Find the answers of %(count)s riddles", 0),
        ngettext("You found a riddle's answer.", "You found %(count)s riddles' answers.", 0),
        ngettext("%(count)s more riddle to find", "%(count)s more riddles to find", 0),
    ),
    ("conversed", ""): Words(
        ngettext("Talk with somebody new", "Talk with %(count)s new people", 0),
        ngettext("You talked with somebody new.", "You talked with %(count)s new people.", 0),
        ngettext("%(count)s more person to talk with", "%(count)s more people to talk with", 0),
    ),
    ("helped", ""): Words(
        ngettext("Help a newcomer once", "Help newcomers %(count)s times", 0),
        ngettext("You helped a newcomer once.", "You helped newcomers %(count)s times.", 0),
        ngettext("One more time to help somebody", "%(count)s more times to help somebody", 0),
    ),
    ("helped", "person"): Words(
        ngettext("Help a newcomer", "Help %(count)s different newcomers", 0),
        ngettext("You helped a newcomer.", "You helped %(count)s different newcomers.", 0),
        ngettext("%(count)s more person to help", "%(count)s more people to help", 0),
    ),
    ("brought", ""): Words(
        ngettext(
            "Bring somebody, and see them pass a first level",
            "Bring %(count)s people, and see them pass a first level",
            0,
        ),
        ngettext("You brought somebody who took off.", "You brought %(count)s people.", 0),
        ngettext("%(count)s more person to bring", "%(count)s more people to bring", 0),
    ),
    ("live_tweeted", ""): Words(
        ngettext("Relay a live event", "Relay live events in %(count)s messages", 0),
        ngettext("You relayed a live event.", "You relayed live events in %(count)s messages.", 0),
        ngettext(
            "%(count)s more message from a live event",
            "%(count)s more messages from live events",
            0,
        ),
    ),
    ("live_tweeted", "challenge"): Words(
        ngettext("Relay one live event", "Relay %(count)s different live events", 0),
        ngettext("You relayed one live event.", "You relayed %(count)s live events.", 0),
        ngettext("%(count)s more live event to relay", "%(count)s more live events to relay", 0),
    ),
    ("live_tweet_helped", ""): Words(
        ngettext("Help somebody during a live event", "Help %(count)s times during live events", 0),
        ngettext(
            "You helped during a live event.", "You helped %(count)s times during live events.", 0
        ),
        ngettext(
            "One more time to help during a live event",
            "%(count)s more times to help during live events",
            0,
        ),
    ),
    ("live_tweet_helped", "person"): Words(
        ngettext(
            "Help one person during a live event", "Help %(count)s people during live events", 0
        ),
        ngettext(
            "You helped somebody during a live event.",
            "You helped %(count)s people during live events.",
            0,
        ),
        ngettext(
            "Somebody to help during a live event",
            "%(count)s more people to help during live events",
            0,
        ),
    ),
    ("was_helped", ""): Words(
        ngettext("Take somebody's help", "Take help %(count)s times", 0),
        ngettext("Somebody helped you.", "You were helped %(count)s times.", 0),
        ngettext("One more help to take", "%(count)s more helps to take", 0),
    ),
    ("graduated", ""): _first(
        _("Help a newcomer, with your tutor beside you"), _("You fly by yourself.")
    ),
    ("mentored_to_flight", ""): Words(
        ngettext(
            "Sit beside somebody until they fly", "Sit beside %(count)s people until they fly", 0
        ),
        ngettext(
            "Somebody flies, and you sat beside them.",
            "%(count)s people fly, and you sat beside them.",
            0,
        ),
        ngettext(
            "One more person to sit beside until they fly",
            "%(count)s more people to sit beside until they fly",
            0,
        ),
    ),
    ("contributed", ""): Words(
        ngettext("Write a page of the house", "Write %(count)s pages of the house", 0),
        ngettext("You wrote a page.", "You wrote %(count)s pages.", 0),
        ngettext("%(count)s more page to write", "%(count)s more pages to write", 0),
    ),
}
