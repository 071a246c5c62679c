"""The product's settings, with work of the proofs' own."""

from jingkai.config.settings import *  # noqa: F403
from jingkai.config.settings import JOBS

JOBS = JOBS | {"proof": "tests.reliability.effects.leave_events"}
