"""Doors to the practice timeline: they check who asks, call one service and show the answer."""
