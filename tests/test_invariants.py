"""What must always hold of the course's own content, over every question there is."""

import re
from collections import defaultdict
from html import unescape

import msgspec
import pytest

from dateline.annotations import annotation_files, load_marks, read_annotation
from dateline.cards.printed import printed_html, printed_plain
from dateline.cards.view import view
from dateline.grading import feedback, grade, solved
from dateline.places import course_folder
from dateline.questions import (
    AnyKey,
    AnyQuestion,
    Choose,
    ChooseKey,
    Tag,
    TagKey,
    Verdict,
    Write,
    WriteKey,
    exercise_files,
    load_stem,
    misconceptions,
)
from dateline.texts import load_text

STEMS = [load_stem(path) for path in exercise_files()]
EVERY = [(question, (stem.keys or {})[question.id]) for stem in STEMS for question in stem.lesson.question]
MARKED = [(question, key) for question, key in EVERY if not isinstance(key, WriteKey)]
TEXTS = sorted(path.stem for path in (course_folder() / "data" / "texts").glob("*.txt"))
IDS = [question.id for question, _ in EVERY]
SUSPICIOUS = {"outlet", "unclear", "unsourced", "not", "overstated"}
TRUSTING = {"agency", "fine", "supported"}


def verdicts(key: AnyKey) -> dict[str, Verdict]:
    return {"": key} if isinstance(key, ChooseKey) else key.items if isinstance(key, TagKey) else {}


def choices(question: AnyQuestion) -> list[str]:
    return [] if isinstance(question, Write) else [choice.id for choice in question.choices]


def test_every_question_has_a_key_and_every_id_is_used_once() -> None:
    assert len(set(IDS)) == len(IDS)
    for stem in STEMS:
        assert stem.keys is not None
        assert set(stem.keys) == {question.id for question in stem.lesson.question}


@pytest.mark.parametrize(("question", "key"), EVERY, ids=IDS)
def test_the_solution_scores_full_marks_and_an_empty_answer_none(question: AnyQuestion, key: AnyKey) -> None:
    result = grade(question, key, solved(question, key))
    assert result.status == ("for your teacher" if isinstance(question, Write) else "right")
    assert grade(question, key, None).points == 0


@pytest.mark.parametrize(("question", "key"), MARKED, ids=[question.id for question, _ in MARKED])
def test_every_choice_has_a_reason_of_its_own_and_every_key_can_be_reached(question: AnyQuestion, key: AnyKey) -> None:
    known = set(choices(question))
    for at, verdict in verdicts(key).items():
        assert set(verdict.why) == known, f"{at}: every choice needs one reason"
        assert len(set(verdict.why.values())) == len(known), f"{at}: two choices share a reason"
        assert verdict.right
        assert set(verdict.right) | set(verdict.half) | set(verdict.misconception) <= known
        assert set(verdict.misconception.values()) <= set(misconceptions())
        assert all(len(reason.split()) >= 5 for reason in verdict.why.values())
    if isinstance(question, Tag):
        assert set(verdicts(key)) == set(question.asked)


@pytest.mark.parametrize(("question", "key"), MARKED, ids=[question.id for question, _ in MARKED])
def test_each_choice_gets_its_own_reason_and_credit(question: AnyQuestion, key: AnyKey) -> None:
    for at, verdict in verdicts(key).items():
        for choice in choices(question):
            answer = choice if isinstance(question, Choose) else {at: choice}
            told = feedback(question, key, answer)
            note = next(note for note in told.notes if note.at == at or isinstance(question, Choose))
            assert note.reason == verdict.why[choice]
            assert note.sign == ("right" if choice in verdict.right else "half" if choice in verdict.half else "not")


@pytest.mark.parametrize(("question", "key"), MARKED, ids=[question.id for question, _ in MARKED])
def test_the_words_to_look_at_are_in_the_text(question: AnyQuestion, key: AnyKey) -> None:
    for at, verdict in verdicts(key).items():
        place = key.at if isinstance(key, ChooseKey) else at
        if verdict.look and place:
            load_text(question.text).find(place, verdict.look, verdict.nth)


@pytest.mark.parametrize("question", [question for question, _ in EVERY], ids=IDS)
def test_every_place_shown_is_in_its_text_and_hints_are_three(question: AnyQuestion) -> None:
    if question.text:
        load_text(question.text).select((*question.show, *(question.items if isinstance(question, Tag) else ())))
    assert len(question.hints) == 3 or isinstance(question, Write)
    assert len(set(choices(question))) == len(choices(question))


@pytest.mark.parametrize(("question", "key"), MARKED, ids=[question.id for question, _ in MARKED])
def test_no_hint_names_the_right_choice(question: AnyQuestion, key: AnyKey) -> None:
    if isinstance(question, Choose) and isinstance(key, ChooseKey):
        for right in key.right:
            words = next(choice.text for choice in question.choices if choice.id == right).casefold()
            assert all(words not in hint.casefold() for hint in question.hints)


@pytest.mark.parametrize(("question", "key"), EVERY, ids=IDS)
def test_nothing_of_a_key_is_in_what_a_learner_sees_before_answering(question: AnyQuestion, key: AnyKey) -> None:
    seen = unescape(printed_html(question)) + printed_plain(question) + msgspec.json.encode(view(question)).decode()
    shown = " ".join(seen.split())
    secret = [key.teach, key.next]
    secret += list(key.model) if isinstance(key, WriteKey) else [why for verdict in verdicts(key).values() for why in verdict.why.values()]
    assert [words for words in secret if " ".join(words.split()) in shown] == []


@pytest.mark.parametrize("question", [question for question, _ in EVERY], ids=IDS)
def test_the_printed_form_holds_the_whole_question(question: AnyQuestion) -> None:
    printed = unescape(printed_html(question)).replace("<br>", "")
    spec = view(question)
    for words in [question.prompt, *(choice["text"] for choice in spec["choices"]), *(row["words"] for row in spec["rows"])]:
        assert words in printed


def score(stem_name: str, pick: dict[str, float]) -> float:
    """Mean credit over a lesson's marked items, for one who picks each choice with a probability (renormalised)."""
    credits = []
    for stem in STEMS:
        if stem.name != stem_name or stem.keys is None:
            continue
        for question in stem.lesson.question:
            for verdict in verdicts(stem.keys[question.id]).values():
                weights = {choice: pick.get(choice, pick.get("*", 0.0)) for choice in choices(question)}
                total = sum(weights.values())
                credits.append(sum(weight * verdict.credit(choice) for choice, weight in weights.items()) / total if total else 0.0)
    return sum(credits) / len(credits)


LESSONS = [stem.name for stem in STEMS if sum(len(verdicts(key)) for key in (stem.keys or {}).values()) > 3]


@pytest.mark.parametrize("name", LESSONS)
def test_bots_do_badly(name: str) -> None:
    labels = {choice for stem in STEMS if stem.name == name for question in stem.lesson.question for choice in choices(question)}
    assert score(name, {"*": 1.0}) < 0.35, "answering at random"
    assert score(name, dict.fromkeys(SUSPICIOUS, 1.0)) < 0.5, "finding everything suspicious"
    assert score(name, dict.fromkeys(TRUSTING, 1.0)) < 0.5, "finding everything fine"
    for label in labels:
        assert score(name, {label: 1.0}) < 0.5, f"always {label}"


@pytest.mark.parametrize("name", TEXTS)
def test_every_annotation_fits_its_text_and_every_sentence_has_one_voice(name: str) -> None:
    text = load_text(name)
    for path in annotation_files(name):
        assert read_annotation(path, text).text == name
    voiced = defaultdict(int)
    for mark in load_marks(name, "voice", keys=True):
        voiced[mark.at] += 1
    assert dict(voiced) == {sentence.at: 1 for sentence in text.sentences if not sentence.at.startswith("HD")}


@pytest.mark.parametrize(("question", "key"), EVERY, ids=IDS)
def test_the_voice_keys_agree_with_the_annotation(question: AnyQuestion, key: AnyKey) -> None:
    if isinstance(key, TagKey) and question.skill == "voice":
        marks = {mark.at: mark.labels for mark in load_marks(question.text, "voice", keys=True)}
        for at, verdict in key.items.items():
            assert verdict.right[0] == marks[at][0]
            assert set(verdict.right) | set(verdict.half) >= set(marks[at])


def test_open_annotations_answer_no_exercise() -> None:
    for question, key in EVERY:
        if isinstance(key, TagKey) and question.skill == "voice":
            open_marks = {mark.at for mark in load_marks(question.text, "voice")}
            assert not open_marks & set(key.items), question.id


def test_invented_texts_say_so_and_quotations_of_the_article_stay_in_it() -> None:
    for name in TEXTS:
        header = load_text(name).header
        assert header.invented == (name != "article")
        assert not header.invented or re.search(r"\binvented\b", header.provenance)
