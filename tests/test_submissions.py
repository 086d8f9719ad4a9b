"""Nothing that is handed in stops the batch, and nothing of it is followed, run, or read without end."""

import datetime
import io
import itertools
import json
import os
import socket
import time
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from classes import HOSTILE, ODD
from hypothesis import given, settings
from hypothesis import strategies as st
from systems import EMPTY, answers, blackboard, brightspace, canvas, packed, put_folder, put_zip, raw_zip

from dateline.answers.document import decode_any
from dateline.classroom.match import match
from dateline.classroom.papers import Late, Paper, paper_of
from dateline.classroom.submissions import Unread, contents, read_submissions, refuse_out
from dateline.faults import CourseError

MEGABYTE = 1_000_000


def deflated(raw: bytes) -> bytes:
    packing = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packing.compress(raw) + packing.flush()


def bomb(size: int) -> bytes:
    return packed({"bomb.json": b"[" + b" " * size + b"]"})


def said_of(place: Path) -> dict[str, str]:
    """What is wrong with each file of a place, or nothing."""
    found = {}
    for one in read_submissions(place):
        raw = contents(one)
        found[one.source] = raw.what if isinstance(raw, Unread) else ""
    return found


# ---- files that are no files ---------------------------------------------------------------------------------------------


def test_links_pipes_sockets_and_folders_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    place = put_folder(tmp_path / "in", {"good.json": EMPTY, ".hidden.json": EMPTY, "__MACOSX/._x.json": b"1", "module-1.lock": b""})
    (place / "link.json").symlink_to("/etc/passwd")
    (place / "around").symlink_to(place)
    os.mkfifo(place / "pipe.json")
    listening = socket.socket(socket.AF_UNIX)
    here = Path.cwd()
    os.chdir(place)
    listening.bind("socket.json")
    os.chdir(here)
    assert said_of(place) == {
        "good.json": "",
        "link.json": "it is a link, and links are not followed",
        "around": "it is a link, and links are not followed",
        "pipe.json": "it is a device or a pipe",
        "socket.json": "it is a device or a pipe",
    }
    listening.close()


def test_a_file_that_becomes_a_link_or_a_pipe_after_it_was_seen_is_not_opened(tmp_path: Path) -> None:
    place = put_folder(tmp_path / "in", {"a.json": EMPTY, "b.json": EMPTY, "c.json": EMPTY})
    found = read_submissions(place)
    for name in ("a.json", "b.json", "c.json"):
        (place / name).unlink()
    (place / "a.json").symlink_to("/etc/passwd")
    os.mkfifo(place / "b.json")
    assert all(isinstance(contents(one), Unread) for one in found)


def test_a_name_in_no_encoding_is_a_name(tmp_path: Path) -> None:
    place = put_folder(tmp_path / "in", {"ann.json": EMPTY})
    (place / os.fsdecode(b"Jos\xe9.json")).write_bytes(answers(voices_p4=1))
    found = read_submissions(place)
    assert [one.source for one in found] == ["Jos\ufffd.json", "ann.json"]
    assert contents(found[0]) == answers(voices_p4=1)
    json.dumps([row.learner.id for row in match(found).rows]).encode()
    assert all(row.learner.id.encode() for row in match(found).rows)


def test_two_files_that_look_the_same_have_two_names(tmp_path: Path) -> None:
    place = put_zip(tmp_path / "in.zip", {"a\u202e.json": EMPTY, "a.json": EMPTY, "a\x07.json": EMPTY})
    assert [one.source for one in read_submissions(place)] == ["a .json", "a.json", "a.json [2]"]
    rows = match(read_submissions(place)).rows
    assert len({row.learner.id for row in rows}) == 3


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a.docx", "not a .json file"),
        ("a.eml", "a saved e-mail"),
        ("a.ipynb", "not a .json file"),
        ("a.jsonl", "it is a list"),
        ("A.JSON", ""),
        ("a.json.txt", ""),
        ("a.txt", "not a .json file"),
    ],
)
def test_a_file_of_another_kind_says_what_to_ask_for(name: str, said: str, tmp_path: Path) -> None:
    found = said_of(put_folder(tmp_path / "in", {name: EMPTY}))[name]
    assert said in found if said else not found


def test_drafts_of_teams_are_no_hand_ins(tmp_path: Path) -> None:
    files = {"Submitted files/Anna Berg/hw/Version 1/a.json": EMPTY, "Working files/Anna Berg/hw/a.json": EMPTY}
    assert said_of(put_folder(tmp_path / "in", files)) == {
        "Submitted files/Anna Berg/hw/Version 1/a.json": "",
        "Working files/Anna Berg/hw/a.json": "it is a draft (Working files), not handed in",
    }


# ---- archives --------------------------------------------------------------------------------------------------------------

ARCHIVES: dict[str, tuple[Callable[[], bytes], str]] = {
    "a broken stream": (lambda: raw_zip(b"a.json", b"\xff\xff\xff no deflate"), "cannot be unpacked"),
    "a stream cut off": (lambda: raw_zip(b"a.json", deflated(EMPTY * 50)[:-9]), "damaged in the zip"),
    "a wrong sum": (lambda: raw_zip(b"a.json", deflated(EMPTY), crc=1), "damaged in the zip"),
    "a lock": (lambda: raw_zip(b"a.json", EMPTY, flags=1), "locked with a password"),
    "another method": (lambda: raw_zip(b"a.json", EMPTY, method=14), "packed in a way that is not read"),
    "no zip": (lambda: b"PK\x03\x04 no", "this zip cannot be read (BadZipFile)"),
    "nothing": (lambda: b"", "this zip cannot be read"),
    "a bomb": (lambda: bomb(200 * MEGABYTE), "larger than 8 MB"),
    "a zip in a zip in a zip": (lambda: packed({"a.zip": packed({"b.zip": bomb(1000)})}), "there is no .json file in this zip"),
    "more than a zip may have": (lambda: packed([f"{number}.json" for number in range(1_001)]), "more than 1,000 files"),
    "other files": (lambda: packed({"a.docx": b"x", "b/c.py": b"x"}), "there is no .json file in this zip"),
}


@pytest.mark.parametrize("name", ARCHIVES)
def test_whatever_a_learners_zip_is_it_is_one_line(name: str, tmp_path: Path) -> None:
    make, said = ARCHIVES[name]
    files = {canvas("Lee, Bo", 2, 2, "b.json"): EMPTY, canvas("Berg, Anna", 1, 1, "a.zip"): make()}
    for place in (put_folder(tmp_path / "in", files), put_zip(tmp_path / "in.zip", files)):
        found = {row.learner.id: paper_of(row) for row in match(read_submissions(place)).rows}
        assert found["leebo"].state == "graded"
        assert found["berganna"].state == "not read"
        assert len(found["berganna"].faults) == 1, found["berganna"].faults
        assert said in found["berganna"].faults[0]


def test_a_broken_entry_in_the_schools_own_zip_is_that_learners_alone(tmp_path: Path) -> None:
    broken, good = canvas("Berg, Anna", 1, 1), canvas("Lee, Bo", 2, 2)
    whole = bytearray(packed({broken: EMPTY * 40, good: EMPTY}))
    start = 30 + len(broken)
    whole[start : start + 4] = b"\xff\xff\xff\xff"
    (tmp_path / "in.zip").write_bytes(bytes(whole))
    said = said_of(tmp_path / "in.zip")
    assert said[good] == ""
    assert said[broken] != ""


def test_paths_of_a_zip_lead_nowhere_and_its_names_may_be_anything(tmp_path: Path) -> None:
    names = ["../../s8.json", "/etc/s9.json", "a\\..\\b.json", "9" * 5_000 + ".json", "-" * 60_000 + ".json", "x" * 300 + "/y.json"]
    (tmp_path / "deep").mkdir()
    place = put_zip(tmp_path / "deep" / "in.zip", dict.fromkeys(names, EMPTY))
    rows = match(read_submissions(place)).rows
    assert {"s8.json", "s9.json"} <= {one.source.split("/")[-1] for row in rows for one in row.hand_ins}
    assert len(rows) == 6
    assert all(len(row.learner.id) <= 200 for row in rows)
    assert [path.name for path in tmp_path.rglob("*")] == ["deep", "in.zip"]


def test_two_hundred_thousand_files_in_a_learners_zip_cost_nobody_anything(tmp_path: Path) -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for number in range(200_000):
            archive.writestr(zipfile.ZipInfo(f"{number}"), b"")
    place = put_folder(tmp_path / "in", {"a.zip": written.getvalue(), "b.json": EMPTY})
    tracemalloc.start()
    found = read_submissions(place)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 60 * MEGABYTE
    assert [(one.source, bool(one.problem)) for one in found] == [("a.zip", True), ("b.json", False)]


def test_a_bomb_is_not_unpacked_further_than_it_may_be_read(tmp_path: Path) -> None:
    place = put_zip(tmp_path / "in.zip", {canvas("Berg, Anna", 1, 1): b" " * (300 * MEGABYTE)})
    (one,) = read_submissions(place)
    tracemalloc.start()
    assert contents(one) == Unread("it is larger than 8 MB")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 40 * MEGABYTE


def test_a_learners_zip_of_many_large_files_has_one_budget(tmp_path: Path) -> None:
    large = b"[" + b" " * (7 * MEGABYTE) + b"]"
    place = put_folder(
        tmp_path / "in", {"a/x.zip": packed({f"{number:02}.json": large for number in range(40)}), "a/y.json": EMPTY, "b/z.json": EMPTY}
    )
    row, other = match(read_submissions(place)).rows
    found = paper_of(row)
    assert any("more than 24 MB" in fault for fault in found.faults)
    assert len(found.faults) < 10
    assert paper_of(other).state == "graded"


# ---- places ----------------------------------------------------------------------------------------------------------------


def test_a_place_that_is_no_class_is_refused_in_one_line(tmp_path: Path) -> None:
    put_folder(tmp_path / "in", {"anna.json": EMPTY})
    (tmp_path / "bad.zip").write_bytes(packed(["a.json"])[:-3] + b"PK\x05\x06" + b"\xff" * 18)
    for name, said in (
        ("nowhere", "nothing here to grade"),
        ("in/anna.json", "a single file"),
        ("bad.zip", r"this zip cannot be read .*Download it again"),
    ):
        with pytest.raises(CourseError, match=said) as caught:
            read_submissions(tmp_path / name)
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("out", "refused"),
    [("in", True), ("in/out", True), (".", True), ("in/../in/x", True), ("out", False), ("inside", False), ("in2/in", False)],
)
def test_results_never_lie_among_the_submissions(out: str, refused: bool, tmp_path: Path) -> None:
    put_folder(tmp_path / "in", {"anna.json": EMPTY})
    try:
        refuse_out(tmp_path / out, tmp_path / "in")
        assert not refused
    except CourseError as error:
        assert refused
        assert "would lie among the submissions" in str(error)


def test_a_list_is_the_teachers_only_when_it_is_the_argument(tmp_path: Path) -> None:
    lines = [
        {"learner": "s1", "received": "2026-11-01T10:00:00+01:00", "answers": json.loads(answers(voices_p4="a"))},
        {"learner": "s1", "received": "2026-11-02", "answers": {"schema": 3, "modules": {}}},
        {"learner": "s2", "received": "soon", "answers": {"schema": 3, "modules": {}}},
        {"learner": "s3", "answers": {"schema": 3, "modules": {}}},
        {"answers": {}},
        {"learner": 5, "answers": {}},
        [],
    ]
    words = (
        "\n\n".join(map(json.dumps, lines)).encode()
        + b'\n{"learner": "s4", "answers": {"x": "'
        + b"x" * 9_000_000
        + b'"}}\n{"learner": "s5", "answers": {}}'
    )
    (tmp_path / "in.ndjson").write_bytes(words)
    found = read_submissions(tmp_path / "in.ndjson")
    assert [(one.name.who, bool(one.problem)) for one in found] == [
        *[("s1", False), ("", True), ("", True), ("", True), ("s5", False)],
        *[("s1", False), ("s2", False), ("s3", False), ("", False)],
    ]
    by_source = {one.source: one for one in found}
    assert by_source["in.ndjson:1"].received == datetime.datetime(2026, 11, 1, 9, tzinfo=datetime.UTC)
    first = contents(by_source["in.ndjson:1"])
    assert isinstance(first, bytes)
    assert decode_any(first)["1"]["voices-p4"].value == "a"
    assert by_source["in.ndjson:3"].received is not None
    assert by_source["in.ndjson:3"].received.tzinfo is not None
    assert "no zone" in by_source["in.ndjson:3"].note
    assert by_source["in.ndjson:5"].note == "its time cannot be understood (soon)"
    put_folder(tmp_path / "class", {"x.ndjson": words, "Anna Berg.json": EMPTY})
    assert said_of(tmp_path / "class")["x.ndjson"] == "it is a list; if it is yours, name it alone as SUBMISSIONS"


def test_a_moment_comes_from_the_schools_system_and_never_from_the_file(tmp_path: Path) -> None:
    files = [
        blackboard("hw", "aberg", when="2026-11-20-21-04-59"),
        brightspace("Anna Berg", 1, when="Sep 4, 2026 926 PM"),
        canvas("Berg, Anna", 1, 1),
    ]
    moments = [read_submissions(put_zip(tmp_path / f"{number}.zip", {file: EMPTY}))[0].received for number, file in enumerate(files)]
    assert [moment and moment.replace(tzinfo=None).isoformat() for moment in moments] == [
        "2026-11-20T21:04:59",
        "2026-09-04T21:26:00",
        None,
    ]
    assert all(moment.tzinfo for moment in moments if moment)
    read = read_submissions(put_zip(tmp_path / "odd.zip", {blackboard("hw", "aberg", when="2026-13-40-21-04-59"): EMPTY}))
    assert read[0].received is None


# ---- which paper counts --------------------------------------------------------------------------------------------------------

DUE = datetime.datetime(2026, 11, 2, 12, tzinfo=datetime.UTC)


def paper(tmp_path: Path, files: dict[str, bytes], due: datetime.datetime | None = None, late: Late = "mark") -> Paper:
    """The paper of the one learner of these files, in Canvas's names."""
    named = {
        canvas("Berg, Anna", 1, number, name.removeprefix("LATE "), late=name.startswith("LATE ")): raw
        for number, (name, raw) in enumerate(files.items(), 1)
    }
    (row,) = match(read_submissions(put_zip(tmp_path / "in.zip", named))).rows
    return paper_of(row, due, late)


def values(found: Paper) -> dict[str, object]:
    return {question: answer.value for question, answer in found.answers.items()}


def test_files_are_merged_by_the_stamp_of_each_answer(tmp_path: Path) -> None:
    found = paper(
        tmp_path,
        {
            "my-answers-9.json": answers("2026-11-01T10:00:00.000Z", a_1="old", b_2="only here", c_3="new"),
            "my-answers.json": answers("2026-11-01T11:30:00.000+01:00", a_1="new", c_3="old", d_4="other").replace(
                b'"old", "saved": "2026-11-01T11:30', b'"old", "saved": "2026-11-01T10:30'
            ),
            "module-2.json": answers("2026-11-01T09:00:00Z", module="2", e_5="second module"),
        },
    )
    assert values(found) == {"a-1": "new", "b-2": "only here", "c-3": "new", "d-4": "other", "e-5": "second module"}
    assert found.received == "2026-11-01T10:30:00+00:00"
    assert found.by == "the answers"
    assert found.state == "graded"
    assert not found.late
    assert paper(tmp_path, {"a.json": answers(a_1="alone")}).faults == ()
    assert found.faults == (
        "3 files are merged, of each question the later answer: "
        "berganna_1_1_my-answers-9.json, berganna_1_2_my-answers.json, berganna_1_3_module-2.json",
    )


def test_an_empty_file_never_wins_whatever_its_stamp(tmp_path: Path) -> None:
    full = answers("2026-11-01T10:00:00Z", a_1="mine")
    empty = answers("2026-11-09T10:00:00Z", a_1=None)
    found = paper(tmp_path, {"a.json": full, "b.json": EMPTY, "c.json": b"{", "d.json": empty})
    assert values(found) == {"a-1": "mine"}
    assert "it holds no answers" in " ".join(found.faults)
    assert any("c.json: it cannot be read" in fault for fault in found.faults)


def test_a_stamp_that_is_no_time_is_the_oldest_and_the_schools_order_decides_between_equals(tmp_path: Path) -> None:
    found = paper(tmp_path, {"z.json": answers("zzzz", a_1="never"), "a.json": answers("2020-01-01", a_1="real")})
    assert values(found) == {"a-1": "real"}
    same = {"z.json": answers("2026-11-01T10:00:00Z", a_1="first"), "a.json": answers("2026-11-01T10:00:00Z", a_1="second")}
    assert values(paper(tmp_path, same)) == {"a-1": "second"}
    assert values(
        paper(
            tmp_path,
            {"x.json": answers("0001-01-01T00:00:00+14:00", a_1="early"), "y.json": answers("9999-12-31T23:59:59-14:00", a_1="late")},
        )
    )


@pytest.mark.parametrize(
    ("late", "expected", "marked", "said"),
    [
        ("count", {"a-1": "better"}, False, ()),
        ("mark", {"a-1": "better"}, True, ("late",)),
        ("leave-out", {"a-1": "in time"}, False, ("what came late is left out",)),
    ],
)
def test_late_work_counts_is_marked_or_left_out(
    late: Late, expected: dict[str, str], marked: bool, said: tuple[str, ...], tmp_path: Path
) -> None:
    files = {"a.json": answers("2026-11-01T10:00:00Z", a_1="in time"), "LATE a-1.json": answers("2026-11-03T10:00:00Z", a_1="better")}
    found = paper(tmp_path, files, None, late)
    assert (values(found), found.late) == (expected, marked)
    assert set(said) <= set(found.faults)
    stamped = {"a.json": files["a.json"], "b.json": files["LATE a-1.json"]}
    found = paper(tmp_path, stamped, DUE, late)
    assert (values(found), found.late) == (expected, marked), "by the answer's own stamp, where the system says nothing"
    stamps = {"count": "", "mark": "late: 1 answer given after the due time", "leave-out": "left out: 1 answer given after the due time"}
    assert [fault for fault in found.faults if "due time" in fault] == list(filter(None, [stamps[late]]))
    assert not paper(tmp_path, {"a.json": files["a.json"]}, DUE, late).late


def test_all_left_out_is_no_paper(tmp_path: Path) -> None:
    found = paper(tmp_path, {"LATE a.json": answers(a_1="x")}, None, "leave-out")
    assert (found.answers, found.state, found.left_out) == ({}, "left out", ("berganna_LATE_1_1_a.json",))


def test_the_schools_moment_decides_what_is_late(tmp_path: Path) -> None:
    name = blackboard("hw", "aberg", when="2026-11-20-21-04-59")
    (row,) = match(read_submissions(put_zip(tmp_path / "in.zip", {name: answers("2020-01-01T00:00:00Z", a_1="x")}))).rows
    found = paper_of(row, DUE)
    assert (found.late, found.by, found.received[:10]) == (True, "Blackboard", "2026-11-20")


@pytest.mark.parametrize("raw", [*HOSTILE, *(json.dumps({"schema": 3, "modules": {"1": odd}}).encode() for odd in ODD)])
def test_every_hostile_document_is_one_line_or_a_wrong_answer(raw: bytes, tmp_path: Path) -> None:
    found = paper(tmp_path, {"a.json": raw})
    assert all("\n" not in fault and len(fault) < 400 for fault in found.faults)
    assert (found.state == "graded") == bool(found.answers) or found.faults


def test_a_mark_before_the_document_and_utf_16_are_read(tmp_path: Path) -> None:
    words = answers(a_1="é").decode()
    for coded in (words.encode("utf-8-sig"), words.encode("utf-16"), b"\xfe\xff" + words.encode("utf-16-be")):
        assert values(paper(tmp_path, {"a.json": coded})) == {"a-1": "é"}
    assert paper(tmp_path, {"a.json": words.encode("utf-16") + b"\xd8"}).state == "not read"


def test_many_files_that_are_each_small_enough_have_one_budget_of_values(tmp_path: Path) -> None:
    full = answers(a_1=[[]] * 90_000)
    found = paper(tmp_path, {f"{number}.json": full for number in range(8)} | {"9.json": answers(b_2="x")})
    assert found.state == "graded"
    assert [fault.partition(".json: ")[2] for fault in found.faults[:3]] == ["it and the files before hold far more than answers"] * 3
    assert len(found.used) == 5


@pytest.mark.parametrize(
    ("stamps", "received"),
    [
        (("2026-11-02T10:00:00.000Z", "2026-11-02T10:00:00.001Z"), "2026-11-02T10:00:00+00:00"),
        (("2026-11-02T10:00:00.000Z", "2026-11-02T09:59:59.999Z"), "2026-11-02T10:00:00+00:00"),
        (("2026-11-02T10:00:00.000Z", "2026-11-02T12:30:00+02:00"), "2026-11-02T10:30:00+00:00"),
        (("2026-11-02T10:00:00.000Z", "2026-11-02T13:00:00.000+04:00"), "2026-11-02T10:00:00+00:00"),
        (("2026-11-02T10:00:00.000Z", "2026-99-02T10:00:00.000Z"), "2026-11-02T10:00:00+00:00"),
        (("2026-11-02T10:00:00.000Z", "tomorrow"), "2026-11-02T10:00:00+00:00"),
        (("", "2026-99-02T10:00:00.000Z"), ""),
    ],
)
def test_a_paper_is_of_the_moment_of_its_latest_answer(tmp_path: Path, stamps: tuple[str, str], received: str) -> None:
    given = {f"a-{number}": {"value": "x", "saved": stamp} for number, stamp in enumerate(stamps)}
    found = paper(tmp_path, {"a.json": json.dumps({"schema": 3, "modules": {"1": given}}).encode()})
    assert found.received == received


def test_files_that_take_long_have_one_budget_of_seconds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each look at the clock finds it seven seconds on: the files before the third took fourteen, those before the fourth twenty-one."""
    monkeypatch.setattr(time, "process_time", itertools.count(100, 7).__next__)
    found = paper(tmp_path, {f"{number}.json": answers(**{f"a_{number}": "x"}) for number in range(1, 6)})
    assert (found.state, set(found.answers)) == ("graded", {"a-1", "a-2"})
    assert [fault.partition(".json: ")[2] for fault in found.faults[:3]] == [
        "the files before took more than 20 seconds; this one is not read"
    ] * 3


def test_a_key_that_stands_twice_behind_many_is_found_at_once(tmp_path: Path) -> None:
    many = ", ".join(f'"q{number}": {{"value": 1}}' for number in range(60_000))
    raw = f'{{"schema": 3, "modules": {{"1": {{{many}, "q59999": {{"value": 2}}}}}}}}'.encode()
    found = paper(tmp_path, {"a.json": raw})
    assert found.faults == ("berganna_1_1_a.json: it cannot be read: the key 'q59999' is there twice",)


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(st.sampled_from(["value", "saved", "first", "a", "1", "schema"]), inner, max_size=4)
            ),
            max_leaves=12,
        ).map(lambda found: json.dumps({"schema": 3, "modules": {"1": {"a": found}}}).encode()),
        st.integers(min_value=10**20, max_value=10**30).map(
            lambda number: b'{"schema": 3, "modules": {"1": {"a": {"value": %d}}}}' % number
        ),
        st.just(b'{"schema": 3, "modules": {"1": {"a": {"value": ' + b"9" * 5_000 + b"}}}}"),
    )
)
def test_no_document_raises(raw: bytes) -> None:
    try:
        decode_any(raw)
    except ValueError as error:
        assert str(error)


def test_the_names_alone_are_kept_in_memory(tmp_path: Path) -> None:
    body = answers(a_1="x" * 5_000)
    place = put_zip(tmp_path / "in.zip", {canvas(f"Learner {number}", number, number): body for number in range(2_000)})
    tracemalloc.start()
    found = read_submissions(place)
    _, most = tracemalloc.get_traced_memory()
    kept = tracemalloc.get_traced_memory()[0]
    for one in found:
        assert contents(one) == body
    after = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert kept < 2_000 * 3_000
    assert most < 2_000 * 6_000
    assert after - kept < MEGABYTE
