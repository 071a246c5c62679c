"""A check runs to its end, counts what the runners counted, and fails if anything failed."""

import sys

from tools.stages import Stage, run


def stage(name, program):
    return Stage(name, (sys.executable, "-c", program))


def test_stages_that_pass_are_counted_together(capfd):
    first = stage("one", "print('=== 3 passed, 1 skipped in 0.10s ===')")
    second = stage("two", "print('2 passed in 0.10s')")

    status = run((first, second))

    assert status == 0
    assert capfd.readouterr().out.splitlines()[-1] == "5 passed, 0 failed, 1 skipped"


def test_a_stage_that_fails_stops_no_other_and_fails_the_check(capfd):
    first = stage("one", "import sys; print('1 failed, 2 errors in 0.10s'); sys.exit(1)")
    second = stage("two", "print('2 passed in 0.10s')")

    status = run((first, second))

    assert status == 1
    assert capfd.readouterr().out.splitlines()[-1] == "2 passed, 3 failed, 0 skipped"
