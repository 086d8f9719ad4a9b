"""An answer that was saved is there again, whatever happens to files, folders, programs and clocks."""

import json
import multiprocessing
import os
import random
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dateline.answers.document import SCHEMA, Answer, encode_ascii
from dateline.answers.store import (
    NotSavedError,
    all_answers,
    document_path,
    hand_in,
    read_answer,
    read_answers,
    save_answer,
    take_in,
)
from dateline.folders import answers_folder, remember_answers


def test_a_saved_answer_is_read_again() -> None:
    save_answer("1", "voices", value={"p4.s2": "leader"}, confidence=70)
    answer, notice = read_answer("1", "voices")
    assert (answer.value, answer.confidence, notice) == ({"p4.s2": "leader"}, 70, "")


def test_a_document_holds_no_score_name_or_code() -> None:
    save_answer("1", "voices", value="x")
    document = json.loads(document_path("1").read_text())
    assert set(document) == {"schema", "module", "answers"}
    assert set(document["answers"]["voices"]) <= {"value", "confidence", "saved", "first", "hints", "checks", "text"}


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
        b'{"schema": 2, "module": "1", "answers": {"a": {"value": Infinity}}}',
        b'{"schema": 2, "module": "1", "answers": {"a": {"value": "1"}, "a": {"value": "2"}}}',
        b'{"schema": 2, "module": "1", "answers": {"a": {"value": "\\ud800"}}}',
        b'{"schema": 2, "module": "1", "answers": {"a": {"hints": true}}}',
        b'{"schema": ' + b"9" * 6000 + b', "module": "1", "answers": {}}',
        b'{"schema": "<script>", "module": "1", "answers": {}}',
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


FORKER = """
import os, sys
from dateline.answers.store import save_answer

# One child for each line that is read: it saves without end, and tells each number after it is acknowledged.
for line in sys.stdin.buffer:
    child = os.fork()
    if not child:
        number = 0
        while True:
            save_answer("1", "a", value=number)
            os.write(1, number.to_bytes(4, "big"))
            number += 1
    os.write(2, child.to_bytes(4, "big"))
    os.waitpid(child, 0)
    os.write(1, b"end.")
"""
"""A program of one thread, which may fork: a process for each of two hundred writers would take a minute to start."""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_at_two_hundred_random_moments_the_last_acknowledged_answer_is_always_there() -> None:
    luck = random.Random(11)
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", FORKER], stdin=pipe, stdout=pipe, stderr=pipe, bufsize=0) as forker:
        assert forker.stdin and forker.stdout and forker.stderr
        for _ in range(200):
            forker.stdin.write(b"\n")
            child = int.from_bytes(forker.stderr.read(4), "big")
            numbers = forker.stdout.read(4)
            time.sleep(luck.random() * 0.012)
            os.kill(child, signal.SIGKILL)
            while (more := forker.stdout.read(4)) != b"end.":
                numbers = more
            acknowledged = int.from_bytes(numbers, "big")
            document, notice = read_answers("1")
            assert notice == ""
            assert document.answers["a"].value in (acknowledged, acknowledged + 1)
        forker.stdin.close()


def test_answers_of_an_older_schema_are_read_and_brought_up_to_date() -> None:
    path = document_path("1")
    path.parent.mkdir(parents=True)
    path.write_text('{"schema": 1, "module": "1", "answers": {"a": {"value": "x", "checks": 2, "saved": "2026-01-01T00:00:00.000Z"}}}')
    document, notice = read_answers("1")
    assert (document.schema, document.answers["a"].value, notice) == (SCHEMA, "x", "")
    save_answer("1", "b", value="y")
    assert json.loads(path.read_text())["schema"] == SCHEMA
    assert read_answer("1", "a")[0].checks == 2


def test_all_answers_travel_in_one_file_and_the_later_of_two_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_answer("1", "a", value="old")
    save_answer("2", "b", value="b")
    assert hand_in(tmp_path / "mine.json") == 2
    monkeypatch.setenv("DATELINE_ANSWERS", str(tmp_path / "other"))
    save_answer("2", "b", value="newer")
    save_answer("2", "c", value="c")
    assert take_in(tmp_path / "mine.json") == 1
    assert read_answer("1", "a")[0].value == "old"
    assert read_answer("2", "b")[0].value == "newer"
    assert read_answer("2", "c")[0].value == "c"


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"])
def test_marks_that_windows_programs_put_before_a_text_do_no_harm(mark: bytes, tmp_path: Path) -> None:
    coding = {b"\xef": "utf-8", b"\xff": "utf-16-le", b"\xfe": "utf-16-be"}[mark[:1]]
    path = document_path("1")
    path.parent.mkdir(parents=True)
    words = '{"schema": 3, "module": "1", "answers": {"a": {"value": "한국 é"}}}'
    path.write_bytes(mark + words.encode(coding))
    assert read_answer("1", "a") == (Answer(value="한국 é"), "")
    save_answer("1", "b", value="2")
    assert path.read_bytes().startswith(b"{")
    (tmp_path / "in.json").write_bytes(mark + '{"schema": 3, "modules": {"2": {"c": {"value": "ü"}}}}'.encode(coding))
    assert take_in(tmp_path / "in.json") == 1
    assert read_answer("2", "c")[0].value == "ü"


@pytest.mark.parametrize("words", ["{}", '{"nbformat": 4, "cells": []}', '{"module": "1"}', '{"module": "1", "answers": {}}'])
def test_a_document_of_another_program_is_set_aside_in_one_line(words: str, tmp_path: Path) -> None:
    path = document_path("1")
    path.parent.mkdir(parents=True)
    path.write_text(words)
    notice = read_answers("1")[1]
    assert notice.startswith("The answers in module-1.json could not be read (")
    assert "\n" not in notice
    (tmp_path / "in.json").write_text(words)
    with pytest.raises(NotSavedError, match="Nothing was changed"):
        take_in(tmp_path / "in.json")


@pytest.mark.parametrize(
    ("mine", "other", "taken"),
    [
        ("2026-01-01T00:00:00.000Z", "2026-01-01T00:00:00.001Z", 1),
        ("2026-01-01T00:00:00.001Z", "2026-01-01T00:00:00.000Z", 0),
        ("2026-01-01T00:00:00.000Z", "2026-01-01T00:00:00.000Z", 0),
        ("2026-01-01T10:00:00.000Z", "2026-01-01T11:00:00.000+09:00", 0),  # eight hours earlier
        ("2026-01-01T00:00:00.000Z", "yesterday", 0),
        ("yesterday", "2026-01-01T00:00:00.000Z", 1),
        ("", "", 0),
    ],
)
def test_of_two_answers_the_later_is_kept_whatever_stands_where_its_time_should(mine: str, other: str, taken: int, tmp_path: Path) -> None:
    for path, name, value, saved in ((document_path("1"), "module", "mine", mine), (tmp_path / "in.json", "", "other", other)):
        path.parent.mkdir(parents=True, exist_ok=True)
        answers = {"a": {"value": value, "saved": saved}}
        whole = {"schema": 3, "module": "1", "answers": answers} if name else {"schema": 3, "modules": {"1": answers}}
        path.write_text(json.dumps(whole))
    assert take_in(tmp_path / "in.json") == taken
    assert read_answer("1", "a")[0].value == ("other" if taken else "mine")


@pytest.mark.skipif(os.name != "posix", reason="other systems have no umask")
def test_what_is_exported_can_be_read_as_the_umask_says_and_what_is_kept_only_by_this_account(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        save_answer("1", "a", value="1")
        hand_in(tmp_path / "mine.json")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "mine.json").stat().st_mode) == 0o644
    assert stat.S_IMODE(document_path("1").stat().st_mode) == 0o600


def test_an_export_of_nothing_is_an_error_and_writes_nothing(tmp_path: Path, answers: Path) -> None:
    with pytest.raises(NotSavedError, match="There are no answers in") as told:
        hand_in(tmp_path / "mine.json")
    assert str(answers) in str(told.value)
    assert not (tmp_path / "mine.json").exists()


def test_an_export_never_leaves_a_module_out_without_a_word(tmp_path: Path) -> None:
    save_answer("1", "a", value="1")
    save_answer("2", "b", value="2")
    document_path("2").write_text("odd")
    with pytest.raises(NotSavedError, match=r"The answers in module-2\.json could not be read"):
        hand_in(tmp_path / "mine.json")
    assert not (tmp_path / "mine.json").exists()
    assert hand_in(tmp_path / "mine.json") == 1


def test_an_import_of_nothing_is_told(tmp_path: Path) -> None:
    (tmp_path / "in.json").write_text('{"schema": 3, "modules": {"1": {}}}')
    with pytest.raises(NotSavedError, match="There are no answers in"):
        take_in(tmp_path / "in.json")


def test_export_and_import_use_the_folder_that_the_course_was_opened_with(
    small_course: Callable[[dict[str, str]], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = small_course({})
    monkeypatch.delenv("DATELINE_ANSWERS")
    assert answers_folder() == course / "answers"
    remember_answers(tmp_path / "Ü elsewhere")
    save_answer("1", "a", value="1")
    assert (tmp_path / "Ü elsewhere" / "module-1.json").is_file()
    assert answers_folder() == tmp_path / "Ü elsewhere"
    remember_answers(None)
    assert answers_folder() == course / "answers"
    remember_answers(None)  # nothing to forget is nothing to complain of


def test_what_is_printed_has_only_signs_that_every_terminal_passes_on() -> None:
    save_answer("1", "a", value="한국 é")
    raw = encode_ascii(all_answers())
    assert raw.isascii()
    assert json.loads(raw)["modules"]["1"]["a"]["value"] == "한국 é"


@pytest.mark.parametrize("raw", [b"", b"[" * 100_000, b'{"schema": 2, "modules": {"../../etc": {}}}', b'{"schema": 7, "modules": {}}'])
def test_a_file_that_is_no_hand_in_changes_nothing_and_is_told_in_one_line(tmp_path: Path, raw: bytes) -> None:
    save_answer("1", "a", value="mine")
    (tmp_path / "odd.json").write_bytes(raw)
    with pytest.raises(NotSavedError, match="Nothing was changed") as told:
        take_in(tmp_path / "odd.json")
    assert "\n" not in str(told.value)
    assert read_answer("1", "a")[0].value == "mine"


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotSavedError, match="Check the name"):
        take_in(tmp_path / "none.json")


def test_when_the_text_has_changed_the_answer_stays_and_the_learner_is_told() -> None:
    from dateline.answers import attempts

    exercise = attempts.open_exercise("voices-p4")
    attempts.save(exercise, {"p4.s2": "leader"})
    assert attempts.look(exercise)["message"].startswith("Saved")
    path = document_path("1")
    path.write_text(path.read_text().replace(read_answer("1", "voices-p4")[0].text, "0" * 64))
    assert "text has changed" in attempts.look(exercise)["message"]
    assert attempts.look(exercise)["value"] == {"p4.s2": "leader"}


@pytest.mark.skipif(sys.platform == "win32", reason="making links needs a right of its own there")
def test_a_link_in_the_answer_folder_never_lets_a_file_elsewhere_be_written(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.json"
    elsewhere.write_text("mine")
    path = document_path("1")
    path.parent.mkdir(parents=True)
    path.symlink_to(elsewhere)
    save_answer("1", "a", value="1")
    assert elsewhere.read_text() == "mine"
    assert read_answer("1", "a")[0].value == "1"


def test_signs_that_end_a_string_elsewhere_are_kept_as_they_were_typed() -> None:
    typed = "a\x00b <script>alert(1)</script> \u202e 한국어 \r\n"
    save_answer("1", "a", value=typed)
    assert read_answer("1", "a")[0].value == typed
