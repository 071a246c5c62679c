"""`jingkai indicators` and `jingkai report year-end`."""

import json

import pytest
from django.core.management import CommandError, call_command

from jingkai.apps.reporting import queries


@pytest.fixture(autouse=True)
def _on_the_last_day(settings):
    settings.CLOCK = "2024-12-31"


def _printed(capsys, *arguments):
    call_command("indicators", *arguments)
    return capsys.readouterr().out


def test_every_figure_is_printed_as_json(filled, year, capsys):
    found = json.loads(_printed(capsys, "--zone", filled.code, "--year", "2024", "--json"))

    values = {one["code"]: one["value"] for one in found["indicators"]}
    assert list(values) == [indicator.code for indicator in queries.indicators()]
    assert values["signings"] == queries.reading("signings", year).value
    assert isinstance(values["signed_planned_wan"], str)
    assert found["period"] == {"start": "2024-01-01", "end": "2024-12-31"}


def test_an_empty_zone_has_null_and_no_zero(inside, capsys):
    found = json.loads(_printed(capsys, "--zone", inside.code, "--year", "2024", "--json"))

    assert {one["value"] for one in found["indicators"]} == {None}


def test_figures_are_printed_one_a_line(filled, capsys):
    lines = _printed(capsys, "--zone", filled.code, "--year", "2024").strip().splitlines()

    assert [line.split("\t")[0] for line in lines] == [one.code for one in queries.indicators()]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--zone", "nowhere", "--year", "2024"], "nowhere"),
        (["--zone", "home", "--year", "0"], "0"),
        (["--zone", "home", "--year", "2024", "--code", "typed_in"], "typed_in"),
    ],
)
def test_a_wrong_argument_is_named(zone, arguments, told):
    with pytest.raises(CommandError, match=told):
        call_command("indicators", *arguments)


@pytest.mark.parametrize("suffix", ["json", "html", "docx", "pdf", "xlsx"])
def test_the_report_is_written(filled, tmp_path, suffix):
    out = tmp_path / f"report.{suffix}"

    call_command(
        "report", "year-end", zone=filled.code, year=2024, format=suffix, out=out, as_of=None,
        base_url="https://zone.example", language="zh-hans",
    )  # fmt: skip

    assert out.stat().st_size > 1000


def test_figures_of_a_file_open_at_the_address_given(filled, tmp_path):
    out = tmp_path / "report.json"

    call_command(
        "report", "year-end", "--zone", filled.code, "--year", "2024", "--format", "json",
        "--out", str(out), "--base-url", "https://zone.example/",
    )  # fmt: skip

    link = json.loads(out.read_text())["figures"][0]["link"]
    assert link.startswith(f"https://zone.example/z/{filled.code}/figures/")


def test_a_report_for_an_unknown_zone_is_refused(zone, tmp_path):
    with pytest.raises(CommandError, match="nowhere"):
        call_command(
            "report", "year-end", "--zone", "nowhere", "--year", "2024", "--format", "json",
            "--out", str(tmp_path / "x.json"),
        )  # fmt: skip

    assert list(tmp_path.iterdir()) == []


def test_a_report_that_cannot_be_written_says_so(filled, tmp_path):
    with pytest.raises(CommandError, match="不能写入"):
        call_command(
            "report", "year-end", "--zone", filled.code, "--year", "2024", "--format", "json",
            "--out", str(tmp_path / "missing" / "x.json"),
        )  # fmt: skip
