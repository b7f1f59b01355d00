"""The same code on PostgreSQL and Redis, and with real worker processes."""
