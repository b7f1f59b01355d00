"""WebSub (W3C): a hub tells us at once what we would have asked for later."""
