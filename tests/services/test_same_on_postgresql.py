"""The pipeline's own tests, on PostgreSQL."""

import subprocess
import sys

import pytest
from django.conf import settings

from tests.services.servers import environment

SUITE = (
    "microblog/test_ancestors.py",
    "microblog/test_commands.py",
    "microblog/test_delivering.py",
    "microblog/test_hearing.py",
    "microblog/test_promising.py",
    "microblog/test_recording.py",
    "microblog/timeline/test_conversations.py",
    "microblog/timeline/test_reacting.py",
    "microblog/timeline/test_streams.py",
    "community/test_embarking.py",
    "community/test_learning.py",
    "community/test_merging.py",
    "community/test_noticing.py",
    "community/figures/test_story.py",
    "community/figures/test_tallying.py",
    "community/live/test_belonging.py",
    "community/live/test_chat_answering.py",
    "community/live/test_chat_asking.py",
    "community/live/test_chat_races.py",
    "community/live/test_following.py",
    "community/live/test_reminding.py",
    "community/tutoring/test_assigning.py",
    "community/tutoring/test_claiming.py",
    "community/tutoring/test_finding.py",
    "community/tutoring/test_mentorships.py",
    "community/tutoring/test_queue_plans.py",
    "community/tutoring/test_races.py",
    "challenges/bank/test_counting.py",
    "challenges/bank/test_planning.py",
    "challenges/crediting",
    "challenges/feedback",
    "challenges/proposals/test_proposing.py",
    "challenges/repair",
    "challenges/riddles/test_races.py",
    "challenges/screening",
    "challenges/test_launching.py",
    "curation/passing/test_shelving.py",
    "moocs/test_aboard.py",
    "curation/digest/test_sending.py",
    "curation/test_recording.py",
    "cms/contributing/test_two_hands.py",
    "cms/searching/test_finding.py",
    "cms/searching/test_guessing.py",
    "cms/serving/test_queries.py",
    "badges/test_drains.py",
    "badges/test_evaluating.py",
    "badges/test_forgetting.py",
    "badges/test_story.py",
    "services/test_indexes.py",
    "services/test_two_workers.py",
    "services/test_two_tutors.py",
)
"""What asks the database in its own way: steps, claims, constraints. Pages ask the same of every
database."""
LEFT_OUT = ("-k", "not 20000")
"""The long histories: counting queries is the same everywhere."""


def files() -> list[str]:
    found = [settings.ROOT / "tests" / name for name in SUITE]
    assert all(path.exists() for path in found), "a name finds nothing"
    return [str(path) for path in found]


@pytest.mark.services
def test_the_suite_passes_there_too(postgres):
    command = [sys.executable, "-m", "pytest", "-q", "--tb=short", "-p", "no:cacheprovider"]
    run = subprocess.run(  # noqa: S603 - pytest itself
        [*command, *LEFT_OUT, *files()],
        cwd=settings.ROOT,
        env=environment(DATABASE_URL=postgres.url),
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]
