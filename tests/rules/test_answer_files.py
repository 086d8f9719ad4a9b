"""Files of answers: what is read, what is refused and how it is told, which of two answers is kept, who has to wait."""

import json
import os
import re
import stat
import threading
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from dateline.answers import files
from dateline.answers.document import Answer, decode_any, decode_document, decode_hand_in, newest
from dateline.answers.store import NotSavedError, document_path, hand_in, read_answer, read_answers, save_answer, take_in

EARLY, LATE = "2031-01-01T00:00:00.001Z", "2031-01-01T00:00:00.002Z"


@pytest.mark.parametrize(
    ("mine", "other", "kept", "taken"),
    [
        ({}, {"a": LATE}, "other", 1),
        ({"a": EARLY}, {}, "mine", 0),
        ({"a": EARLY}, {"a": LATE}, "other", 1),
        ({"a": LATE}, {"a": EARLY}, "mine", 0),
        ({"a": EARLY}, {"a": EARLY}, "mine", 0),
        ({"a": ""}, {"a": EARLY}, "other", 1),
        ({"a": EARLY}, {"a": EARLY, "b": EARLY}, "mine", 1),
    ],
)
def test_of_two_answers_the_later_is_kept_and_of_two_equal_ones_mine(
    mine: dict[str, str], other: dict[str, str], kept: str, taken: int
) -> None:
    merged, count = newest(
        {name: Answer(value="mine", saved=saved) for name, saved in mine.items()},
        {name: Answer(value="other", saved=saved) for name, saved in other.items()},
    )
    assert (merged["a"].value, count) == (kept, taken)
    assert set(merged) == {*mine, *other}


def document(**changes: Any) -> dict[str, Any]:
    return {"schema": 3, "module": "1", "answers": {"a": {"value": "x"}}} | changes


def twice(key: str) -> str:
    return f'{{"schema": 3, "module": "1", "answers": {{"{key}": {{}}, "{key}": {{}}}}}}'


@pytest.mark.parametrize("schema", [1, 2, 3])
def test_every_schema_so_far_is_read(schema: int) -> None:
    read = decode_document(json.dumps(document(schema=schema)).encode(), "1")
    assert (read.schema, read.module, read.answers["a"].value) == (3, "1", "x")
    assert decode_hand_in(json.dumps({"schema": schema, "modules": {"1": {"a": {"value": "x"}}}}).encode()).schema == 3


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (json.dumps(document(schema=4)), "its schema is 4 and this course reads up to 3; use the newest course"),
        (json.dumps(document(schema=0)), "its schema is 0 and this course reads up to 3; use the newest course"),
        (json.dumps(document(module="2")), "it belongs to module '2', not '1'"),
        (json.dumps(document(module="m" * 50)), f"it belongs to module '{'m' * 40}', not '1'"),
        ('{"schema": 3, "module": "1", "answers": {"b": {}, "a": {"value": 1}, "a": {"value": 2}}}', "the key 'a' is there twice"),
        (twice("\\u0001" * 14 + "b"), "the key '" + "\\x01" * 14 + "b' is there twice"),
        (twice("\\u0001" * 14 + "bc"), "the key a very long value is there twice"),
        ('{"schema": 3, "module": "1", "answers": {"a": {"value": {"k": 1, "k": 1}}}}', "the key 'k' is there twice"),
        (
            f'{{"schema": {"9" * 17}, "module": "1", "answers": {{}}}}',
            f"its schema is {'9' * 17} and this course reads up to 3; use the newest course",
        ),
    ],
)
def test_what_is_wrong_with_a_document_is_said(raw: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)) as told:
        decode_document(raw.encode(), "1")
    assert str(told.value) == said


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"\xff\xfe\x00", "it holds characters that are no text"),
        (b'{"schema": 3, "module": "1", "answers": {"a": {"value": ' + b"[" * 100_000, "it is nested too deeply"),
    ],
)
def test_bytes_that_are_no_document_are_told_in_few_words(raw: bytes, said: str) -> None:
    with pytest.raises(ValueError, match=f"^{said}$"):
        decode_document(raw, "1")


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16", "utf-8"])
def test_a_document_that_another_program_saved_again_is_read(mark: str) -> None:
    assert decode_document(json.dumps(document(), ensure_ascii=False).encode(mark), "1").answers["a"].value == "x"


def test_a_document_of_eight_million_bytes_is_read_and_a_larger_one_is_not() -> None:
    raw = json.dumps(document()).encode()
    assert decode_document(raw.ljust(8_000_000), "1").answers["a"].value == "x"
    with pytest.raises(ValueError, match=r"^it is larger than 8 MB$"):
        decode_document(raw.ljust(8_000_001), "1")


def test_a_hand_in_and_the_document_of_one_module_are_both_taken() -> None:
    answers = {"a": {"value": "x"}}
    for raw in (document(), {"schema": 3, "modules": {"1": answers}}):
        assert {module: found["a"].value for module, found in decode_any(json.dumps(raw).encode()).items()} == {"1": "x"}
    with pytest.raises(ValueError, match=r"unknown field"):
        decode_any(b'{"score": 100}')


@pytest.mark.parametrize("filler", [b"[],", b"{},", b"1,"])
def test_a_document_of_very_many_values_is_refused_before_it_takes_memory(filler: bytes) -> None:
    def whole(count: int) -> bytes:
        return b'{"schema": 3, "modules": {"1": {"a": {"value": [' + filler * count + b"1]}}}}"

    each = 1 if filler == b"1," else 2
    decode_any(whole((200_000 - 7) // each))
    with pytest.raises(ValueError, match=r"^it holds far more than the answers of this course$"):
        decode_any(whole(200_000 // each))


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "it is empty"),
        (b" \n", "it is empty"),
        (b'{"schema": 3, "mod', "it is damaged (Input data was truncated)"),
        (b"[]", "it is not as this course writes it (Expected `object`, got `array`)"),
        (
            b'{"schema": 3, "modules": {"1": {"a": {"value": 1, "score": 9}}}}',
            "it is not as this course writes it (Object contains unknown",
        ),
        (b"{}", "it was not written by this course"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_in_plain_words_first(raw: bytes, said: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(said)}"):
        decode_any(raw)


def test_the_same_answers_are_the_same_bytes() -> None:
    save_answer("1", "b", value={"z": 1, "a": 2})
    save_answer("1", "a", value="x")
    lines = document_path("1").read_text(encoding="utf-8").splitlines()
    assert document_path("1").name == "module-1.json"
    assert [line.strip() for line in lines if '"a"' in line or '"b"' in line or '"z"' in line] == ['"a": {', '"b": {', '"a": 2,', '"z": 1']
    assert lines[1].startswith(' "')
    assert not [line for line in lines if "null" in line or "confidence" in line], "what was never given is not written"


@pytest.mark.parametrize("act", [lambda path: save_answer("1", "a", value="x"), take_in], ids=["saving", "merging"])
def test_who_writes_waits_for_another_program_and_then_says_so(
    act: Any, answers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "theirs.json").write_text('{"schema": 3, "modules": {"1": {"a": {"value": "theirs"}}}}', encoding="utf-8")
    monkeypatch.setattr(files, "PATIENCE", 0.05)
    answers.mkdir()
    with FileLock(answers / "module-1.lock"), pytest.raises(NotSavedError) as told:
        act(tmp_path / "theirs.json")
    assert str(told.value) == "Another program has module-1.json open. Close it and check again."
    assert read_answers("1")[0].answers == {}


def test_who_writes_has_a_second_of_patience_and_more(answers: Path) -> None:
    answers.mkdir()
    held = FileLock(answers / "module-1.lock", thread_local=False)
    held.acquire()
    waker = threading.Timer(1.1, held.release)
    waker.start()
    save_answer("1", "a", value="x")
    waker.join()
    assert read_answer("1", "a")[0].value == "x"


def test_a_folder_in_the_place_of_a_file_is_told_with_what_to_do() -> None:
    path = document_path("1")
    path.mkdir(parents=True)
    read, notice = read_answers("1")
    assert (read.module, read.answers) == ("1", {})
    what = f"Your answers in {path} cannot be read (Is a directory). Allow this account to read the file, then open the page again."
    assert notice.replace("Permission denied", "Is a directory") == what


def test_a_file_that_is_set_aside_keeps_its_name_with_the_time() -> None:
    path = document_path("1")
    path.parent.mkdir()
    path.write_bytes(b" " * 8_000_001)
    read, notice = read_answers("1")
    [aside] = path.parent.iterdir()
    assert (read.module, aside.stat().st_size) == ("1", 8_000_001)
    assert re.fullmatch(r"module-1\.unreadable-\d{8}T\d{12}Z\.json", aside.name)
    what = "The answers in module-1.json could not be read (it is larger than 8 MB)."
    assert notice == f"{what} The file is kept as {aside.name}; you can go on."


def test_what_can_be_neither_read_nor_set_aside_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    path = document_path("1")
    path.parent.mkdir()
    path.write_bytes(b'{"schema": 9, "module": "1"}')

    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refused)
    why = "its schema is 9 and this course reads up to 3; use the newest course"
    assert (
        read_answers("1")[1]
        == f"The answers in module-1.json cannot be read ({why}) nor moved aside. Make the folder {path.parent} writable."
    )


def test_a_saved_answer_has_its_moment_in_milliseconds_of_universal_time() -> None:
    first = save_answer("1", "a", value="x")[0]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", first.saved)
    assert save_answer("1", "a", value="y")[0].saved > first.saved


NEWER = "its schema is 9 and this course reads up to 3; use the newest course"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("none.json", None, "cannot be read (No such file or directory). Check the name."),
        (
            "odd.json",
            '{"schema": 3, "modules": {"../x": {}}}',
            "is not a file of answers: it names a module that cannot be. Nothing was changed.",
        ),
        ("odd.json", '{"schema": 9, "modules": {}}', f"is not a file of answers: {NEWER}. Nothing was changed."),
    ],
)
def test_what_cannot_be_taken_in_is_told(tmp_path: Path, name: str, content: str | None, said: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(NotSavedError) as told:
        take_in(path)
    assert str(told.value) == f"{path} {said}"


def test_one_bad_module_keeps_the_good_ones_out_too(tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text('{"schema": 3, "modules": {"1": {"a": {"value": "x"}}, "../x": {}}}', encoding="utf-8")
    with pytest.raises(NotSavedError):
        take_in(path)
    assert read_answers("1")[0].answers == {}


def test_a_hand_in_holds_every_module_and_no_file_with_another_name(tmp_path: Path, answers: Path) -> None:
    save_answer("2", "b", value="2")
    save_answer("1", "a", value="1")
    save_answer("1", "c", value="3")
    (answers / "module-.x.json").write_text("odd", encoding="utf-8")
    (answers / "notes.json").write_text("odd", encoding="utf-8")
    path = tmp_path / "new" / "deep" / "mine.json"
    assert (hand_in(path), hand_in(path)) == (3, 3)
    modules = json.loads(path.read_text(encoding="utf-8"))["modules"]
    assert {module: {name: one["value"] for name, one in found.items()} for module, found in modules.items()} == {
        "1": {"a": "1", "c": "3"},
        "2": {"b": "2"},
    }
    assert take_in(path) == 0
    document_path("1").unlink()
    assert take_in(path) == 2
    assert (read_answer("1", "a")[0].value, read_answer("1", "c")[0].value) == ("1", "3")


def test_a_hand_in_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    save_answer("1", "a", value="x")
    with pytest.raises(NotSavedError) as told:
        hand_in(tmp_path / "file" / "mine.json")
    path = tmp_path / "file" / "mine.json"
    why = re.sub(r"\((File exists|Not a directory)\)", "(…)", str(told.value))
    assert why == f"{path} cannot be written (…). Choose another place."


def test_an_answer_that_is_not_there_is_empty() -> None:
    assert read_answer("1", "a") == (Answer(), "")
    save_answer("1", "b", value="x")
    assert read_answer("1", "a") == (Answer(), "")


@pytest.mark.parametrize(
    ("before", "after"),
    [("2999-01-01T00:00:00.000Z", "2999-01-01T00:00:00.001Z"), ("2999-12-31T23:59:59.999Z", "3000-01-01T00:00:00.000Z")],
)
def test_an_answer_is_always_later_than_the_one_before(before: str, after: str) -> None:
    document_path("1").parent.mkdir()
    document_path("1").write_text(json.dumps(document(answers={"a": {"saved": before}})), encoding="utf-8")
    assert save_answer("1", "a", value="x")[0].saved == after


def test_what_cannot_be_stored_is_told_in_words() -> None:
    with pytest.raises(NotSavedError) as told:
        save_answer("1", "a", value="\ud800")
    assert str(told.value) == "The answer holds characters that cannot be stored. Type it again."


@pytest.mark.skipif(os.name != "posix", reason="only there a folder reaches the disk by itself")
def test_the_words_reach_the_disk_before_they_take_the_place_of_the_old_ones_and_the_folder_after(monkeypatch: pytest.MonkeyPatch) -> None:
    events: list[tuple[str, int]] = []
    fsync, replace = os.fsync, os.replace

    def reaching(handle: int) -> None:
        state = os.fstat(handle)
        events.append(("folder", handle) if stat.S_ISDIR(state.st_mode) else ("file", state.st_size))
        fsync(handle)

    def taking(name: str, path: Path) -> None:
        beside = Path(name)
        assert (beside.parent, beside.name[:1], beside.suffix) == (path.parent, ".", ".tmp")
        events.append(("place", 0))
        replace(name, path)

    monkeypatch.setattr(os, "fsync", reaching)
    monkeypatch.setattr(os, "replace", taking)
    save_answer("1", "a", value="x")
    size = document_path("1").stat().st_size
    assert [what for what, _ in events] == ["file", "place", "folder"]
    assert events[0] == ("file", size)
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(events[2][1])


def test_what_could_not_take_its_place_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", refused)
    with pytest.raises(NotSavedError) as told:
        save_answer("1", "a", value="x")
    folder = document_path("1").parent
    why = f"The folder {folder} cannot be written (No space left on device). Free some space or make it writable, then check again."
    assert str(told.value) == why
    assert [path.name for path in folder.iterdir() if path.suffix != ".lock"] == []
