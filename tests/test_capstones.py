"""The capstones: gaps that cannot be found by their look, and briefs that keep the rules which the course teaches."""

import re
from functools import cache

import pytest
from bots import gaps_by_look

from dateline.bank import Stem, exercise_files, load_stem
from dateline.kinds import grade
from dateline.kinds.spans import Mark, MarkKey
from dateline.kinds.write import WriteKey
from dateline.learner.rubric import load_rubric
from dateline.texts.draft import draft
from dateline.texts.sentences import split_sentences

CAPSTONES = ["61-capstone-a-satellite", "62-capstone-a-collision", "63-capstone-an-order"]
by_capstone = pytest.mark.parametrize("name", CAPSTONES)


@cache
def stem(name: str) -> Stem:
    return next(load_stem(path) for path in exercise_files() if path.stem == name)


def marks(name: str) -> tuple[Mark, MarkKey]:
    question = next(one for one in stem(name).lesson.question if isinstance(one, Mark))
    key = (stem(name).keys or {})[question.id]
    assert isinstance(key, MarkKey)
    return question, key


@by_capstone
def test_gaps_are_not_found_by_their_look(name: str) -> None:
    question, key = marks(name)
    answer = gaps_by_look(question)
    assert len(answer) >= 5
    assert grade(question, key, answer).points < 0.35
    gaps = [span.at for span in key.span if span.right == ("gap",) and not span.optional]
    flagged = {mark["at"] for mark in answer}
    assert sum(at in flagged for at in gaps) / len(gaps) < 0.35, "gaps that are found"
    assert sum(at in gaps for at in flagged) / len(flagged) < 0.35, "what is found, and is a gap"


@by_capstone
def test_gaps_are_of_several_kinds_and_most_ride_along_in_a_sentence_with_a_source(name: str) -> None:
    question, key = marks(name)
    gaps = [span for span in key.span if span.right == ("gap",) and not span.optional]
    sourced = [span for span in gaps if any(other.at == span.at and "attribution" in other.right for other in key.span)]
    text = question.text.whole
    assert len(gaps) >= 6
    assert len(sourced) >= 3
    assert any(re.search(r"because|which is why", span.words) for span in gaps), "a cause in a side clause"
    assert any(re.search(r"\d", span.words) for span in gaps), "a bare number"
    assert any(len(text[span.at].split()) > 2 * len(span.words.split()) for span in gaps), "a gap that is not its whole sentence"


# ---- briefs -----------------------------------------------------------------------------------------------------------

MINE = re.compile(r"\b(?:I|my)\b")
HANDED_OVER = re.compile(r"\b(?:said|says?|reported|wrote|told|according to)\b", re.IGNORECASE)
MODELS = {
    question.id: key.model
    for name in ["60-a-short-brief", *CAPSTONES]
    for question in stem(name).lesson.question
    if isinstance(key := (stem(name).keys or {}).get(question.id), WriteKey)
}
EXEMPLARS = {one.title: one for one in load_rubric().exemplar}
SOUND = [*((name, brief) for name, briefs in MODELS.items() for brief in briefs), ("strong", EXEMPLARS["A strong brief"].brief)]


def sentences(brief: str) -> list[str]:
    return [sentence for part in brief.strip().split("\n\n") for sentence in split_sentences(part)]


def kinds(sentence: str) -> set[str]:
    return {mark.kind for mark in draft(sentence)}


def broken_rules(brief: str) -> set[str]:
    """The rules of the course that can be seen in a brief without knowing its text, and are broken in it."""
    lines = sentences(brief)
    found = set()
    if not HANDED_OVER.search(lines[0]):
        found.add("opens without a source")
    for line in lines:
        if "%" in line and not MINE.search(line):
            found.add("a number beside a word that is not the writer's")
        if "%" in line and "scale" not in brief:
            found.add("a number without its scale")
        if "epistemic" in kinds(line) and not HANDED_OVER.search(line) and not MINE.search(line):
            found.add("somebody is unsure, and nobody is named")
        if re.search(r"\bin response\b|\bbecause\b", line) and not MINE.search(line):
            found.add("a cause in the writer's voice")
    if "%" not in brief:
        found.add("how sure the writer is has no number")
    if not re.search(r"not known|unknown|cannot tell|no view", brief):
        found.add("nothing is said to be unknown")
    return found


@pytest.mark.parametrize(("name", "brief"), SOUND, ids=[name for name, _ in SOUND])
def test_a_model_brief_keeps_the_rules(name: str, brief: str) -> None:
    assert broken_rules(brief) == set()


def test_the_other_exemplars_break_the_rules_that_their_marks_name() -> None:
    assert broken_rules(EXEMPLARS["A first brief"].brief) == {
        "opens without a source",
        "how sure the writer is has no number",
        "nothing is said to be unknown",
    }
    assert broken_rules(EXEMPLARS["A brief on the way"].brief) == {
        "somebody is unsure, and nobody is named",
        "how sure the writer is has no number",
        "nothing is said to be unknown",
    }


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("can probably reach", "can probably (55 to 80 %) reach", "a number beside a word that is not the writer's"),
        ("KTA, Kestria's state agency, reported on Friday, 19 September 2031, that air", "Air", "opens without a source"),
        ("An analyst at the Norhaven Institute for Sea Studies said that it", "It", "somebody is unsure, and nobody is named"),
        ("On the US scale I", "I", "a number without its scale"),
    ],
)
def test_a_strong_brief_that_is_spoilt_is_found_out(old: str, new: str, rule: str) -> None:
    brief = EXEMPLARS["A strong brief"].brief
    assert old in brief
    assert rule in broken_rules(brief.replace(old, new))


@by_capstone
def test_a_model_brief_passes_nothing_on_that_is_a_gap(name: str) -> None:
    _, key = marks(name)
    gaps = [span.core or span.words for span in key.span if span.right == ("gap",)]
    [brief] = next(briefs for question, briefs in MODELS.items() if question.startswith(key_of(name)))
    assert [words for words in gaps if words.casefold() in brief.casefold() and words != "the blame"] == []


def key_of(name: str) -> str:
    return marks(name)[0].id.partition("-")[0]
