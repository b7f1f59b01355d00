"""How fast Envol is: `python -m bench` measures, compares in the same run, and prints a table."""
