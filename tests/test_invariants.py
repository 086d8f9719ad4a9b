"""What must always hold of the course's own content, over every question there is."""

import random
import re
from collections import defaultdict
from html import unescape

import msgspec
import pytest
from bots import SUSPICIOUS, TRUSTING, always, at_random
from mutations import cases

from dateline.authoring.check import check_course
from dateline.bank import Stem, exercise_files, load_stem
from dateline.folders import course_folder
from dateline.kinds import feedback, grade, solved
from dateline.kinds.base import Key, Question
from dateline.kinds.cells import CellsKey, ChooseKey
from dateline.kinds.order import OrderKey
from dateline.kinds.spans import MarkKey
from dateline.kinds.view import printed_html, printed_plain, view
from dateline.kinds.when import WhenKey
from dateline.kinds.write import Write, WriteKey
from dateline.texts.marks import annotation_files, load_marks, read_annotation
from dateline.texts.text import load_text

STEMS = [stem for stem in map(load_stem, exercise_files()) if stem.keys is not None]  # a new text's workbench has no keys
EVERY = [(question, (stem.keys or {})[question.id]) for stem in STEMS for question in stem.lesson.question if not question.unmarked]
TEXTS = sorted({"article", *(path.stem for path in (course_folder() / "solutions" / "annotations").glob("*.toml"))})
IDS = [question.id for question, _ in EVERY]
LESSONS = [stem for stem in STEMS if len(stem.lesson.question) > 2]
FORMS = {stem.lesson.form: stem for stem in STEMS if stem.lesson.form}
every_question = pytest.mark.parametrize(("question", "key"), EVERY, ids=IDS)


def test_the_authoring_checks_find_nothing_to_mend() -> None:
    assert [str(problem) for problem in check_course()] == []


@every_question
def test_the_solution_scores_full_marks_and_an_empty_answer_none(question: Question, key: Key) -> None:
    result = grade(question, key, solved(question, key))
    assert result.status in ("right", "noted", "for your teacher")
    assert (result.status == "for your teacher") == isinstance(question, Write)
    assert grade(question, key, None).points == 0


@every_question
def test_every_case_gets_its_sign_and_its_very_reason(question: Question, key: Key) -> None:
    for answer, sign, reason in cases(question, key):
        notes = feedback(question, key, answer).notes
        assert any(note.sign == sign and reason in note.reason for note in notes), (answer, sign, reason, notes)


@every_question
def test_a_reason_is_a_sentence(question: Question, key: Key) -> None:
    for _, _, reason in cases(question, key):
        assert len(reason.split()) >= 4
        assert reason[-1] in ".”)?"
        assert "!" not in reason


@every_question
def test_nothing_of_a_key_is_in_what_a_learner_sees_before_answering(question: Question, key: Key) -> None:
    seen = unescape(printed_html(question)) + printed_plain(question) + msgspec.json.encode(view(question)).decode()
    shown = " ".join(seen.split())
    secret = [key.teach, key.next, *(reason for _, _, reason in cases(question, key))]
    secret += list(key.model) if isinstance(key, WriteKey) else []
    assert [words for words in secret if " ".join(words.split()) in shown] == []


@every_question
def test_the_printed_form_holds_the_whole_question(question: Question, key: Key) -> None:
    printed = re.sub("<br>|</?em>|</?span[^>]*>", "", unescape(printed_html(question)))
    spec = view(question)
    parts = [*spec.get("choices", []), *spec.get("items", []), *spec.get("columns", [])]
    for words in [question.prompt, *(part[name] for part in parts for name in ("text", "title", "inside") if name in part)]:
        assert re.sub(r"\*(\S[^*]*)\*", r"\1", words) in printed


def mean(stem: Stem, answers: dict[str, object]) -> float:
    """Mean points of a lesson's marked questions."""
    keys = stem.keys or {}
    points = [
        grade(question, keys[question.id], answers.get(question.id)).points
        for question in stem.lesson.question
        if not (isinstance(question, Write) or question.unmarked)
        and grade(question, keys[question.id], solved(question, keys[question.id])).status == "right"
    ]
    return sum(points) / len(points)


@pytest.mark.parametrize("stem", LESSONS, ids=lambda stem: stem.name)
def test_who_answers_without_reading_does_badly(stem: Stem) -> None:
    luck = random.Random(7)
    runs = [mean(stem, {q.id: at_random(q, luck) for q in stem.lesson.question}) for _ in range(200)]
    assert sum(runs) / len(runs) < 0.35, "at random"
    for labels in (SUSPICIOUS, TRUSTING, *((label,) for label in labels_of(stem))):
        assert mean(stem, {q.id: always(q, labels) for q in stem.lesson.question}) < 0.5, labels


SOUND = {
    *("fine", "supported", "cannot-tell", "not-said", "not-like", "open", "keep", "nothing", "none", "same", "fits", "plain", "exact"),
    *("best", "notice", "holds", "keep-apart", "relayed", "span", "word", "words", "seen", "counted", "here"),
}
"""Choices that say: sound as it is, borne out, nothing to mark, not to be told."""


def has_a_sound_answer(key: Key) -> bool:
    match key:
        case ChooseKey() | CellsKey():
            return any(set(verdict.right) & SOUND for verdict in key.items.values())
        case MarkKey():
            return len({span.at for span in key.span}) < len(key.fine)
        case WhenKey():
            return any("not stated" in verdict.right for verdict in key.items.values())
    return isinstance(key, OrderKey) and bool(key.free)


@pytest.mark.parametrize("modules", ["12", "34"])
def test_a_third_of_the_questions_have_a_sound_sentence_or_an_open_question_among_their_answers(modules: str) -> None:
    stems = [stem for stem in STEMS if stem.lesson.module in modules]
    keys = [key for stem in stems for key in (stem.keys or {}).values() if not isinstance(key, WriteKey)]
    assert len(keys) >= 55
    assert sum(map(has_a_sound_answer, keys)) >= len(keys) / 3
    assert all(len(stem.lesson.question) >= 5 for stem in stems)


def labels_of(stem: Stem) -> set[str]:
    cells = [cell for question in stem.lesson.question for cell in getattr(question, "cells", ())]
    return {choice.id for cell in cells for choice in cell.choices}


@pytest.mark.parametrize("name", TEXTS)
def test_every_annotation_fits_its_text_and_every_sentence_has_one_voice(name: str) -> None:
    text = load_text(name)
    for path in annotation_files(name):
        assert read_annotation(path, text).text == name
    voiced: dict[str, int] = defaultdict(int)
    for mark in load_marks(name, "voice", keys=True):
        voiced[mark.at] += 1
    assert dict(voiced) == {sentence.at: 1 for sentence in text.sentences if not sentence.at.startswith("HD")}


@every_question
def test_the_voice_keys_agree_with_the_annotation(question: Question, key: Key) -> None:
    if isinstance(key, CellsKey) and question.skill == "voice" and question.text:
        marks = {mark.at: mark.labels for mark in load_marks(question.text, "voice", keys=True)}
        for at, verdict in key.items.items():
            assert verdict.right[0] == marks[at][0]
            assert set(verdict.right) | set(verdict.half) >= set(marks[at])
        open_marks = {mark.at for mark in load_marks(question.text, "voice")}
        assert not open_marks & set(key.items), "an open annotation answers this exercise"


@pytest.mark.parametrize("name", TEXTS)
def test_invented_texts_say_so(name: str) -> None:
    header = load_text(name).header
    assert header.invented == (name != "article")
    assert not header.invented or re.search(r"\binvented\b", header.provenance)
