"""Putting right what was decided: judging anew, taking back, each on record."""
