"""What every test may ask for: a migrated database, a moment in time, and the cast."""

from tests.cast import count_queries, nia, now, olga, practice, rex, rex_account, tomas  # noqa: F401 - fixtures
from tests.database import django_db_setup, pytest_runtest_teardown  # noqa: F401 - fixture, hook
