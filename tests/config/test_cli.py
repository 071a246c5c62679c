"""The installed command: our names, nobody else's, and an exit status that can be relied on."""

import os
import subprocess
import sys

from jingkai import cli
from jingkai.config import catalogues


def test_help_lists_our_own_commands_alone(capsys):
    status = cli.main(["--help"])

    told = capsys.readouterr().out
    assert status == 0
    assert "serve" in told
    assert "collectstatic" not in told


def test_an_unknown_command_fails_and_names_the_known(capsys):
    status = cli.main(["nothing-of-ours"])

    told = capsys.readouterr().err
    assert status == 2
    assert "nothing-of-ours" in told
    assert "serve" in told


def test_every_command_says_what_it_does_in_chinese_and_english(capsys):
    cli.main(["help"])

    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("  ")]
    assert lines
    assert [line for line in lines if "/" not in line] == []


def test_a_reader_that_has_enough_is_no_failure():
    script = [sys.executable, "-m", "jingkai.cli", "urls"]

    with subprocess.Popen(script, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as command:
        command.stdout.close()
        told = command.stderr.read()

        assert (command.wait(), told) == (0, b"")


def test_every_command_finds_the_catalogue_as_it_is_now():
    source = catalogues.LOCALE / "en" / "LC_MESSAGES" / "django.po"
    compiled = source.with_suffix(".mo")
    os.utime(compiled, (0, 0))

    subprocess.run([sys.executable, "-m", "jingkai.cli", "urls"], capture_output=True, check=True)

    assert compiled.stat().st_mtime_ns >= source.stat().st_mtime_ns
