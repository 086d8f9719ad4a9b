"""An answer that was saved is there again, whatever happens to files, folders, programs and clocks."""

import json
import multiprocessing
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dateline.answers import NotSavedError, document_path, read_answer, read_answers, save_answer


def test_a_saved_answer_is_read_again() -> None:
    save_answer("1", "voices", value={"p4.s2": "leader"}, confidence=70)
    answer, notice = read_answer("1", "voices")
    assert (answer.value, answer.confidence, notice) == ({"p4.s2": "leader"}, 70, "")


def test_a_document_holds_no_score_name_or_code() -> None:
    save_answer("1", "voices", value="x")
    document = json.loads(document_path("1").read_text())
    assert set(document) == {"schema", "module", "answers"}
    assert set(document["answers"]["voices"]) <= {"value", "confidence", "saved", "first", "hints", "checks"}


def test_saving_one_answer_keeps_the_others() -> None:
    save_answer("1", "a", value="1")
    save_answer("1", "b", value="2")
    save_answer("1", "a", value="3")
    assert {name: answer.value for name, answer in read_answers("1")[0].answers.items()} == {"a": "3", "b": "2"}


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"not json",
        b"[]",
        b'{"schema": 1, "module": "1", "answers": {"a": ',
        b"[" * 100_000,
        b'{"schema": 1, "module": "1", "answers": ' + b'{"a":' * 100_000 + b"1" + b"}" * 100_001,
        b'{"schema": 1, "module": "1", "score": 100, "answers": {}}',
        b'{"schema": 1, "module": "2", "answers": {}}',
        b'{"schema": 9, "module": "1", "answers": {}}',
        b'{"schema": 1, "module": "1", "answers": {"a": {"confidence": NaN}}}',
        b"\xff\xfe\x00",
    ],
)
def test_a_file_that_cannot_be_read_is_kept_and_reported_in_one_line(raw: bytes) -> None:
    path = document_path("1")
    path.parent.mkdir(parents=True)
    path.write_bytes(raw)
    document, notice = read_answers("1")
    aside = [found for found in path.parent.iterdir() if ".unreadable-" in found.name]
    assert document.answers == {}
    assert [found.read_bytes() for found in aside] == [raw]
    assert aside[0].name in notice
    assert "\n" not in notice
    save_answer("1", "a", value="1")
    assert read_answer("1", "a")[0].value == "1"


def test_a_huge_file_is_set_aside_without_being_taken_in() -> None:
    path = document_path("1")
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        file.truncate(100_000_000)
    assert "larger than" in read_answers("1")[1]


def test_a_folder_that_is_a_file_is_told_and_does_not_raise_anything_else(answers: Path) -> None:
    answers.write_text("in the way")
    with pytest.raises(NotSavedError, match="cannot be written"):
        save_answer("1", "a", value="1")


def test_a_failed_write_leaves_the_old_document_and_no_litter(monkeypatch: pytest.MonkeyPatch) -> None:
    save_answer("1", "a", value="old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NotSavedError, match="No space left"):
        save_answer("1", "a", value="new")
    assert read_answer("1", "a")[0].value == "old"
    assert [path.name for path in document_path("1").parent.iterdir() if path.suffix == ".tmp"] == []


def test_a_lone_surrogate_is_refused_in_words() -> None:
    with pytest.raises(NotSavedError, match="cannot be stored"):
        save_answer("1", "a", value="\ud800")


def test_a_clock_set_back_does_not_make_a_newer_answer_older() -> None:
    path = document_path("1")
    path.parent.mkdir(parents=True)
    path.write_text('{"schema": 1, "module": "1", "answers": {"a": {"value": "x", "saved": "2999-01-01T00:00:00.000Z"}}}')
    assert save_answer("1", "a", value="y")[0].saved == "2999-01-01T00:00:00.001Z"


def _write_many(name: str, folder: str) -> None:
    os.environ["DATELINE_ANSWERS"] = folder
    for number in range(25):
        save_answer("1", f"{name}{number}", value=number)


def test_two_programs_that_write_at_once_keep_each_others_answers(answers: Path) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write_many, args=(name, str(answers))) for name in "ab"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert len(read_answers("1")[0].answers) == 50


WRITER = """
import sys
from dateline.answers import save_answer
for number in range(10_000):
    save_answer("1", "a", value=number)
    print(number, flush=True)
"""


@pytest.mark.parametrize("after", [1, 2, 3, 5, 8, 13])
def test_killed_between_two_writes_the_last_acknowledged_answer_is_there(after: int) -> None:
    with subprocess.Popen([sys.executable, "-c", WRITER], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout
        acknowledged = [int(writer.stdout.readline()) for _ in range(after)][-1]
        writer.kill()
    assert int(read_answer("1", "a")[0].value) >= acknowledged
