"""The canonical form and the hashes, which others rely on: a change here breaks every export."""

import hashlib
import json
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingkai.apps.audit import chain

ENTRY = chain.Entry(
    actor="li.na",
    actor_label="李娜",
    algorithm="sha256",
    at=datetime(2024, 12, 31, 9, 0, 0, 1, tzinfo=timezone(timedelta(hours=8))),
    change_count=0,
    changes_digest="",
    details='{"source":"示范数据"}',
    previous_hash=chain.START,
    reason="录入有误\n“三”应为“四”",
    request_id="f00d",
    sequence=1,
    target_id="7",
    target_kind="visits",
    target_label="来访批次 2024-07",
    verb="registers.visits.changed",
    zone_code="gangcheng",
)
ALTERATION = chain.Alteration(
    after='{"people":4}', before="null", kind="visits", label='"引号"', object_id="7"
)
PLAIN_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=())),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


def test_the_hash_of_an_event_never_changes_between_releases():
    assert chain.seal(ENTRY) == "8b37740cfb62080f8c389598e6a96d95e5a08ba4778c0ebc9355f1a89147b696"
    assert (
        chain.seal(ENTRY._replace(algorithm="sm3"))
        == "b4ded3faf53c0a518fd6e09d9eeda22a82c8c0374d72486ec0f82e23cfa3c7b4"
    )


def test_the_digest_over_changes_never_changes_between_releases():
    assert chain.digest([ALTERATION, ALTERATION], "sha256") == (
        "b711f0c6abbc4dd54d0c306673450828aabcb3d45b3b3007fbe597f303597ee5",
        2,
    )
    assert chain.digest([], "sha256") == ("", 0)


def test_an_event_is_written_as_json_dumps_would_write_it():
    fields = ENTRY._asdict() | {
        "at": "2024-12-31T01:00:00.000001Z",
        "details": json.loads(ENTRY.details),
    }

    expected = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    assert chain.entry_json(ENTRY) == expected


def test_a_line_of_an_export_can_be_checked_with_json_and_hashlib_alone():
    line = chain.export_line(ENTRY, chain.seal(ENTRY), [ALTERATION])

    read = json.loads(line)
    event = json.dumps(read["event"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    assert hashlib.sha256(event.encode()).hexdigest() == read["hash"]
    assert read["changes"] == [
        {
            "after": {"people": 4},
            "before": None,
            "kind": "visits",
            "label": '"引号"',
            "object_id": "7",
        }
    ]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("1.50"), '"1.50"'),
        (Decimal("1E+3"), '"1000"'),
        (Fraction(1, 3), '"1/3"'),
        (date(2024, 2, 29), '"2024-02-29"'),
        (
            datetime(2024, 2, 29, 8, tzinfo=timezone(timedelta(hours=8))),
            '"2024-02-29T00:00:00.000000Z"',
        ),
        ({"乙": (1, True), "a": None}, '{"a":null,"乙":[1,true]}'),
        ("e\N{COMBINING ACUTE ACCENT}", '"é"'),
        ("a\0b\ud800", '"a\N{REPLACEMENT CHARACTER}b' + 3 * "\N{REPLACEMENT CHARACTER}" + '"'),
    ],
)
def test_a_value_has_one_canonical_form(value, written):
    assert chain.canonical(value) == written


@pytest.mark.parametrize("value", [object(), {1, 2}, b"bytes", timedelta(1)])
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises(TypeError, match="no canonical form"):
        chain.canonical({"value": value})


@pytest.mark.parametrize("value", [float("nan"), float("inf"), datetime(2024, 1, 1)])  # noqa: DTZ001
def test_what_is_no_number_or_no_instant_is_refused(value):
    with pytest.raises(ValueError, match=r"not JSON compliant|no time zone"):
        chain.canonical([value])


@given(PLAIN_JSON)
def test_reading_canonical_json_and_writing_it_again_gives_the_same_bytes(value):
    written = chain.canonical(value)

    again = chain.canonical(json.loads(written))

    assert again == written
    assert written.encode()


def test_a_head_is_read_back_from_its_text():
    head = chain.Head(zone_code="gangcheng", sequence=12, hash="ab" * 32)

    assert str(head) == f"jingkai-audit-head:1:gangcheng:12:{'ab' * 32}"
    assert chain.Head.parse(f" {head}\n") == head


@pytest.mark.parametrize(
    "text",
    [
        "",
        "gangcheng:12",
        f"jingkai-audit-head:1::12:{chain.START}",
        f"jingkai-audit-head:1:gangcheng:x:{chain.START}",
        "jingkai-audit-head:1:gangcheng:12:ab",
        f"jingkai-audit-head:2:gangcheng:12:{chain.START}",
        f"x jingkai-audit-head:1:gangcheng:12:{chain.START}",
    ],
)
def test_anything_else_is_no_head(text):
    with pytest.raises(chain.NotAHead, match="jingkai-audit-head:1:ZONE:SEQUENCE:HASH"):
        chain.Head.parse(text)


def test_a_value_that_the_trail_never_writes_is_reported_and_stops_nothing():
    broken = ENTRY._replace(reason=b"bytes in a column of text")

    verdict = chain.verify([(broken, "00")], [], zone_code="gangcheng")

    assert verdict.first_bad == chain.Flaw("gangcheng", 1, chain.Fault.UNREADABLE)


def test_an_empty_chain_is_whole():
    verdict = chain.verify([], [], zone_code="gangcheng")

    assert verdict.ok
    assert (verdict.events, verdict.changes) == (0, 0)


def test_progress_is_told_every_ten_thousand_events():
    entries, link = [], chain.START
    for sequence in range(1, 2 * chain.PROGRESS_EVERY + 2):
        entry = ENTRY._replace(sequence=sequence, previous_hash=link)
        link = chain.seal(entry)
        entries.append((entry, link))
    told = []

    verdict = chain.verify(entries, [], zone_code="gangcheng", progress=told.append)

    assert verdict.ok
    assert told == [chain.PROGRESS_EVERY, 2 * chain.PROGRESS_EVERY]
