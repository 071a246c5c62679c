"""`jingkai audit`: data on stdout, progress on stderr, a failure that names the first bad row."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from jingkai.apps.audit import queries
from tests.apps.audit import trails

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("trail")]


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("audit", *arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def break_the_trail() -> None:
    trails.remove_triggers(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_event SET reason = 'x' WHERE sequence = 2")


def test_a_whole_trail_is_confirmed():
    assert "操作留痕完整：4 条留痕，2 项记录变更" in run("verify")
    assert json.loads(run("verify", "--json", "--zone", "binjiang")) == {
        "ok": True,
        "events": 1,
        "changes": 0,
        "first_bad": None,
    }


def test_a_broken_trail_fails_and_the_first_bad_row_is_named():
    break_the_trail()

    with pytest.raises(CommandError, match="链 gangcheng 第 2 条：内容与其哈希不符") as failure:
        run("verify")

    assert failure.value.returncode == 1


def test_heads_are_kept_in_a_file_and_held_against_the_trail_later(tmp_path):
    kept = tmp_path / "heads.txt"
    kept.write_text(run("head"))

    assert kept.read_text().split() == [str(head) for head in queries.heads()]
    assert "操作留痕完整" in run("verify", "--against", str(kept))

    forged = str(queries.head("gangcheng"))[:-4] + "0000"
    with pytest.raises(CommandError, match="第 3 条：与库外留存的链头不符"):
        run("verify", "--against", forged)


def test_a_head_is_printed_as_json_too():
    found = json.loads(run("head", "--zone", "binjiang", "--json"))

    assert found["zone"] == "binjiang"
    assert found["head"] == str(queries.head("binjiang"))


def test_what_is_no_head_and_no_file_is_refused():
    with pytest.raises(CommandError, match="is no audit head"):
        run("verify", "--against", "nonsense")


def test_a_zone_without_a_trail_is_refused():
    with pytest.raises(CommandError, match="没有园区 nowhere 的操作留痕"):
        run("export", "-", "--zone", "nowhere")


def test_the_export_goes_to_a_file_or_to_stdout(tmp_path):
    path = tmp_path / "trail.jsonl"

    told = json.loads(run("export", str(path), "--zone", "gangcheng", "--json"))

    assert told == {"file": str(path), "events": 3}
    assert path.read_text() == run("export", "-", "--zone", "gangcheng")
    assert len(run("export", "-").splitlines()) == 4
