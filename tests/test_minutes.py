"""The minutes of a lesson are those of a count: words at a reading speed, and seconds for what is done, kind by kind.

Nobody's stopwatch: 200 words a minute is slow for plain prose, because here one reads to answer; the seconds are those of somebody who
thinks before each choice and reads the reasons after it. A page with a long answer (a recall, a brief) is timed by its writing, and is
left out.
"""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from dateline.authoring.notebooks import notebook_files
from dateline.bank import Stem
from dateline.kinds.base import Question
from dateline.kinds.view import view
from dateline.kinds.write import Write
from dateline.learner.record import stems
from dateline.texts.text import load_text

WORDS_A_MINUTE = 200
ANSWER = {"choose": 25, "choose-many": 40, "write": 90, "number": 30, "range": 30, "desk": 150}
"""Seconds to think and answer."""
EACH = {"tag": 8, "match": 12, "ladder": 12, "grid": 8, "order": 10, "when": 20, "chain": 20, "mark": 12}
"""Seconds for each cell, item or sentence of a question that has several."""
REASONS, CONFIDENCE = 20, 5
"""Seconds to read why, where it is said at once, and to say how sure one is."""
CALLS = {"review": 120, "explore": 60, "look_back": 20, "ending": 20}
FIGURE = 30
LONG = 8
"""Rows of a written answer from which on it is a long one."""
BAND = 0.2
"""How far the stated minutes may be from the count, as a share of the stated."""
CALL = re.compile(r"^(\w+)\((.*)\)$", re.MULTILINE)


def words(text: str) -> int:
    return len(re.findall(r"\w[\w'’.-]*", text))


def read_on_card(question: Question) -> int:
    """The words of a card before an answer: prompt, sentences, choices, items."""
    spec = view(question)
    parts = [part for name in ("choices", "items", "columns", "rows") for part in spec.get(name, [])]
    texts = [part[name] for part in parts if isinstance(part, dict) for name in ("text", "words", "title", "inside") if name in part]
    return sum(map(words, [question.prompt, *texts, *(line["words"] for line in spec["passage"])]))


def seconds(question: Question) -> int:
    """The seconds that an answer and its reasons take."""
    asked = getattr(question, "asked", None) or getattr(question, "items", None)
    if question.kind == "mark":
        asked = load_text(question.text).select(question.show)
    took = EACH[question.kind] * len(asked or ()) if question.kind in EACH else ANSWER[question.kind]
    return took + CONFIDENCE * question.confidence + REASONS * (question.beat != "test")


def minutes(stem: Stem, cells: Sequence[Mapping[str, Any]]) -> float:
    """What a page takes, by count."""
    questions = {question.id: question for question in stem.lesson.question}
    read = took = 0
    for cell in cells:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            read += 0 if "notebook-only" in str(cell["metadata"]) else words(re.sub(r"\]\([^)]*\)", "]", source))
            continue
        for call, given in CALL.findall(source):
            names = re.findall(r'"([^"]+)"', given)
            asked = [questions[names[0]]] if call == "exercise" else list(questions.values()) if call == "form" else []
            read += sum(map(read_on_card, asked)) + (passage_words(*names) if call == "passage" else 0)
            took += sum(map(seconds, asked)) + CALLS.get(call, FIGURE if not names and call not in CALLS else 0)
    return read / WORDS_A_MINUTE + took / 60


def passage_words(text: str, *places: str) -> int:
    known = load_text(text)
    return sum(words(line.words) for line in (known.select(places) if places else known.sentences))


def has_a_long_answer(stem: Stem) -> bool:
    return any(isinstance(question, Write) and question.rows >= LONG for question in stem.lesson.question)


TIMED = {stem.name: stem for stem in stems() if stem.lesson.minutes}
PAGES = [(path, TIMED[path.stem]) for path in notebook_files("notebooks") if path.stem in TIMED and not has_a_long_answer(TIMED[path.stem])]


@pytest.mark.parametrize(("path", "stem"), PAGES, ids=[path.stem for path, _ in PAGES])
def test_a_lesson_takes_about_as_long_as_it_says(path: Path, stem: Stem) -> None:
    found = minutes(stem, json.loads(path.read_text(encoding="utf-8"))["cells"])
    assert found == pytest.approx(stem.lesson.minutes, rel=BAND), f"{stem.lesson.lesson}: {found:.1f} minutes by count"


LONG_ANSWERS = {"0.1", "6.0", "6.1", "6.2", "6.3", "7.0"}


def test_all_pages_but_those_with_a_long_answer_are_timed() -> None:
    assert {stem.lesson.lesson for stem in TIMED.values()} - {stem.lesson.lesson for _, stem in PAGES} == LONG_ANSWERS
    assert len(PAGES) >= 20


def test_a_page_is_timed_by_its_words_and_by_what_is_done_on_it() -> None:
    stem = next(stem for stem in stems() if stem.lesson.lesson == "1.1")
    told = {"cell_type": "markdown", "metadata": {}, "source": ["word " * 400]}
    tools = {"cell_type": "markdown", "metadata": {"tags": ["notebook-only"]}, "source": ["word " * 400]}
    review = {"cell_type": "code", "metadata": {}, "source": ['review("1.2")']}
    figure = {"cell_type": "code", "metadata": {}, "source": ["voice_map()"]}
    assert minutes(stem, [told, tools, review, figure]) == 2 + 2 + 0.5
    card = {"cell_type": "code", "metadata": {}, "source": ['exercise("exit-yard")']}
    prompt_and_choices = 29 + 5 + 2 + 5 + 4
    assert minutes(stem, [card]) == pytest.approx(prompt_and_choices / 200 + (25 + 5 + 20) / 60, abs=0.02)
