"""A trail to work on."""

from datetime import datetime

import pytest

from tests.apps.audit import trails


@pytest.fixture
def trail(db: None, clock: datetime) -> None:
    """Write three events in zone gangcheng, the second with two changes, and one elsewhere."""
    trails.write("gangcheng", at=clock, label="来访批次一")
    trails.write("gangcheng", at=clock, label="来访批次二", changes=2)
    trails.write("gangcheng", at=clock, label="来访批次三", reason="录入有误")
    trails.write("binjiang", at=clock, label="另一园区")
