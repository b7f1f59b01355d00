"""One file a network. The rest of Envol knows only what base.py says."""
