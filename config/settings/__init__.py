"""One file per place that Envol runs in; base.py holds what they share."""
