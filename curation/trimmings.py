"""What people and programs hang onto an address that doesn't change the page: one table per kind.

Each entry was met in the wild; what may name a page (`id`, `p`, `cid`, `gallery`) is in none.
"""

import re

TRACKER_PREFIXES = (
    "utm_",
    "mtm_",
    "matomo_",
    "pk_",
    "piwik_",
    "hsa_",
    "oly_",
    "vero_",
    "fb_action",
    "fb_source",
    "at_custom",
    "__hs",
    "_hs",
    "amp_",
    "elqtrack",
    "guce_",
    "ns_",
    "gad_",
)
TRACKERS = frozenset(
    [
        "fbclid",
        "gclid",
        "gclsrc",
        "dclid",
        "gbraid",
        "wbraid",
        "msclkid",
        "yclid",
        "twclid",
        "ttclid",
        "igshid",
        "igsh",
        "li_fat_id",
        "mc_cid",
        "mc_eid",
        "mkt_tok",
        "_ga",
        "_gl",
        "s_cid",
        "cmpid",
        "xtor",
        "xtref",
        "wt_mc",
        "wt.mc_id",
        "ref_src",
        "ref_url",
        "__twitter_impression",
        "at_medium",
        "at_campaign",
        "at_creation",
        "at_variant",
        "at_send_date",
        "spm",
        "_openstat",
        "usqp",
        "sfnsn",
        "mibextid",
        "cmp_id",
        "trk",
        "trkcampaign",
        "share_id",
        "sharesource",
        "fromshare",
        "srsltid",
        "guccounter",
        "wprov",
        "smid",
        "smtyp",
        "mbid",
        "ito",
        "icid",
        "epik",
        "irclickid",
        "dm_i",
        "sc_campaign",
        "sc_channel",
        "adobe_mc",
        "ck_subscriber_id",
        "ml_subscriber",
        "ml_subscriber_hash",
        "vgo_ee",
        "_bhlid",
        "actid",
        "actcampaigntype",
    ]
)
SESSIONS = frozenset(
    ["phpsessid", "jsessionid", "aspsessionid", "cfid", "cftoken", "zenid", "oscsid"]
)
HEX_SESSIONS = frozenset({"sid", "s", "session", "sessionid", "session_id"})
"""Sessions only where their value is long and hexadecimal."""
HEX = re.compile(r"[0-9a-f]{24,}", re.IGNORECASE)

SAID_BY = frozenset(
    {"ref", "source", "from", "via", "rss", "share", "partner", "origin", "origine", "cmp"}
)
"""Names that tell where a reader comes from only with one of the values below, which may go on:
"rss_feed", "share_btn_tw". A ref that is a host (ref=blog.example) is one of Ghost's."""
A_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}")
COMES_FROM = frozenset(
    [
        "rss",
        "feed",
        "atom",
        "twitter",
        "facebook",
        "fb",
        "mastodon",
        "bluesky",
        "linkedin",
        "whatsapp",
        "newsletter",
        "email",
        "mail",
        "share",
        "social",
        "homepage",
        "home",
    ]
)

AMP_VALUES = {
    "amp": frozenset({"", "1", "true", "amp"}),
    "outputtype": frozenset({"amp", "amp-type"}),
    "output": frozenset({"amp"}),
    "_amp": frozenset({"", "1", "true"}),
}

REDIRECTORS = {
    "l.facebook.com": "u",
    "lm.facebook.com": "u",
    "l.instagram.com": "u",
    "www.google.com": "q url",
    "google.com": "q url",
    "www.youtube.com": "q",
    "out.reddit.com": "url",
    "t.umblr.com": "z",
    "slack-redir.net": "url",
    "vk.com": "to",
    "steamcommunity.com": "url",
}
"""Hosts that lead on to the address in one of these parameters, from one of the paths below."""
LEADING_ON = frozenset({"/l.php", "/url", "/redirect", "/link", "/away.php", "/linkfilter/"})

FRONT_PAGES = frozenset(
    [
        "index.html",
        "index.htm",
        "index.php",
        "index.asp",
        "index.aspx",
        "index.jsp",
        "default.asp",
        "default.aspx",
        "default.htm",
        "index.xhtml",
        "index.shtml",
    ]
)
PREFIXES_OF_HOSTS = re.compile(r"(?:www\d?|m|mobile|amp|touch)")
"""Labels that only say how a site is shown."""
OTHER_NAMES = {"x.com": "twitter.com", "old.reddit.com": "reddit.com"}
"""Hosts that show the same pages as another."""
AMP_ENDS = re.compile(r"(?P<page>/[^/]*[-\d][^/]{4,})(?:/amp/?|\.amp(?:\.html)?)$")
"""Only behind what looks like an article's own name: /wiki/amp is a page of its own."""
