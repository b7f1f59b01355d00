"""The challenge bank: queues with a cadence, the calendar, opinions, figures, copies."""
