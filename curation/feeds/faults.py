"""What may be wrong with a feed that came."""

from curation.faults import FetchFault


class NotAFeed(FetchFault):
    code = "not_a_feed"


class BrokenFeed(FetchFault):
    code = "broken_feed"


class EmptyAnswer(FetchFault):
    code = "empty"
