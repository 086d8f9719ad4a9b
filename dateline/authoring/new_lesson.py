"""From a marked text to a draft of a lesson: questions of eight kinds, keys with the reasons that a rule can give, and places to fill in.

What a rule cannot know stands as `FILL IN: …`; `check` names each such place with its line until somebody has written there.
"""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import nbformat

from dateline.authoring.new_text import free_place, write_together
from dateline.authoring.notebooks import KERNEL
from dateline.bank import exercise_files, load_stem
from dateline.faults import fail
from dateline.folders import course_folder, named
from dateline.texts.annotating import quoted
from dateline.texts.implied import DATELINE, PAGE, chain_implied, clocks_implied
from dateline.texts.marks import Annotated, annotation_files, read_annotation
from dateline.texts.text import Text, load_text
from dateline.texts.voices import Voice, speakers, voices
from dateline.wording import counted

FILL = "FILL IN"
MOST = 6
"""Items of one question at most."""
TAKEN = ("outlet", "page")
"""Ids that stand for no voice."""
SPEAKERS = 3
"""Voices that are offered as choices."""
HEDGES = {"evidential": "how it is known", "epistemic": "how sure somebody is", "stance": "a word that takes a stance"}
IS_NOT = {
    "evidential": "It points at no report and no way of knowing.",
    "epistemic": "It does not say how likely anybody thinks it.",
    "stance": "It shows no attitude towards what was said.",
}
Table = dict[str, Any]


class Asked(NamedTuple):
    """A question and its key, as tables."""

    question: Table
    key: Table


class Drafted(NamedTuple):
    """What was written, and what was left out because the text has nothing for it."""

    files: tuple[Path, ...]
    kinds: tuple[str, ...]
    left_out: tuple[str, ...]
    open_places: int


def new_lesson(name: str, number: str = "", called: str = "") -> Drafted:
    """Write the draft of a lesson on a text that was taken in; raises `CourseError`, and leaves nothing where it fails.

    With `number`, such as 5.4, it takes that place in the course and names its files and ids; `called` is the rest of the files' name.
    """
    text = load_text(name)
    marks = tuple(mark for path in annotation_files(name) for mark in read_annotation(path, text).mark if mark.state != "out")
    if not any(mark.link for mark in marks):
        raise fail(
            named(course_folder() / "data" / "annotations" / f"{name}.toml"), 1, "no attribution is marked", "Mark who says what first"
        )
    number, stem, prefix = _place(name, number, called)
    if any((course_folder() / "exercises").glob(f"9??-{name}-lesson.toml")):
        raise fail(f"exercises/{stem}.toml", 1, f"there is a lesson on {name!r} already", "Go on with that one, or delete its files first")
    source = Source(text, marks, prefix)
    asked, left_out = [], []
    for kind, make in MAKERS.items():
        made = make(source)
        if made:
            asked.append(made)
        else:
            left_out.append(kind)
    questions = "\n".join([f"lesson = {quoted(number)}\ntitle = {quoted(f'{FILL}: what this lesson teaches')}\nminutes = 20\n"]
                          + [toml(("question",), one.question, listed=True) for one in asked])  # fmt: skip
    keys = "\n".join(toml((one.question["id"],), one.key) for one in asked)
    root = course_folder()
    files = (root / "exercises" / f"{stem}.toml", root / "solutions" / f"{stem}.toml", root / "notebooks" / f"{stem}.ipynb")
    contents = (questions, keys, nbformat.writes(_notebook(text, asked)))
    write_together(list(zip(files, contents, strict=True)), files[2])
    waiting = sum(path.read_text(encoding="utf-8").count(f"{FILL}:") for path in files)
    return Drafted(files, tuple(one.question["kind"] for one in asked), tuple(left_out), waiting)


def _place(name: str, number: str, called: str) -> tuple[str, str, str]:
    """The number of a lesson, the name that its files share, and what its ids begin with; raises `CourseError`."""
    if not number:
        return *free_place(f"{called or name}-lesson"), f"{name}-lesson"
    digits = number.replace(".", "")
    stem = f"{digits}-{called or name}"
    if not re.fullmatch(r"[1-9]\.[1-9]", number) or not re.fullmatch(r"[a-z0-9][a-z0-9-]*", stem):
        raise fail(
            f"exercises/{stem}.toml", 1, f"{number} {called}".strip() + " cannot name a lesson", "Write --number 5.4 --name all-at-once"
        )
    if any(load_stem(path).lesson.lesson == number for path in exercise_files()):
        raise fail(f"exercises/{stem}.toml", 1, f"there is a lesson {number} already", "Choose the next number of the module")
    return number, stem, f"l{digits}"


class Source:
    """A text with what its marks say: whose each sentence is, by which words, and which hedges it has."""

    def __init__(self, text: Text, marks: Sequence[Annotated], prefix: str) -> None:
        self.text = text
        self.prefix = prefix
        self.marks = marks
        self.voices = [voice for voice in voices(marks) if voice.name != "nobody named"]
        self.body = [sentence.at for sentence in text.sentences if sentence.at.startswith("p")]
        self.speakers = speakers(marks)
        self.ids = _ids([voice.name for voice in self.voices])

    def of(self, at: str) -> list[Voice]:
        """The voices to which a sentence hands something."""
        return [voice for voice in self.voices if at in voice.sentences]

    def cue(self, at: str, voice: Voice) -> str:
        """The words that hand a sentence to a voice: those in it, or those of its attribution elsewhere."""
        links = [link for link, name in self.speakers.items() if name == voice.name]
        cues = [mark for mark in self.marks if mark.label == "cue" and mark.link in links]
        here = {mark.link for mark in self.marks if mark.at == at}
        return next((mark.words for mark in cues if mark.at == at), "") or next((mark.words for mark in cues if mark.link in here), "")

    def words(self, voice: Voice) -> str:
        """Source and cue of a voice's first statement, in the order of the text."""
        if not voice.sentences:
            return voice.name
        at = voice.sentences[0]
        cue = self.cue(at, voice)
        sentence = self.text[at]
        comes_first = cue and voice.name in sentence and sentence.find(cue) < sentence.find(voice.name)
        return f"{cue} {voice.name}" if comes_first else f"{voice.name} {cue}".strip()

    def hedges(self) -> list[Annotated]:
        """The hedges whose words stand once in their sentence."""
        return [mark for mark in self.marks if mark.label in HEDGES and mark.nth is None]


def _ids(names: Sequence[str]) -> dict[str, str]:
    """A short id for each name: its last word before a comma, with a number where another has it."""
    ids: dict[str, str] = {}
    for number, name in enumerate(names, 1):
        words = re.findall(r"[a-z0-9]+", re.split(r",| who | which ", name.replace("’s", "").replace("'s", ""))[0].lower())
        short = words[-1] if words else "voice"
        ids[name] = f"{short}-{number}" if not words or short in ids.values() or short in TAKEN else short
    return ids


def _head(source: Source, name: str, kind: str, beat: str, theme: str, skill: str, prompt: str) -> Table:
    return {
        **{"id": f"{source.prefix}-{name}", "kind": kind, "beat": beat, "theme": theme, "skill": skill},
        **{"text": source.text.id, "prompt": prompt},
    }


def _taught(what: str) -> Table:
    return {"teach": f"{FILL}: what {what} teaches here, in a sentence", "next": f"{FILL}: what to look at again"}


def _whose(source: Source) -> Asked | None:
    """Whose word one sentence is."""
    at = next((at for at in source.body if len(source.of(at)) == 1 and source.cue(at, source.of(at)[0])), None)
    others = [voice for voice in source.voices if at and at not in voice.sentences][: SPEAKERS - 1]
    if at is None or not others:
        return None
    (speaker,) = source.of(at)
    chosen = [speaker, *others]
    question = _head(source, "whose", "choose", "predict", "sourcing", "voice", "Whose word is the reader asked to take for this sentence?")
    question |= {"show": [at], "confidence": True, "choices": [{"id": source.ids[one.name], "text": one.name} for one in chosen]}
    question["choices"].append({"id": "outlet", "text": "the report's own"})
    question["choices"].sort(key=lambda choice: choice["id"])
    question["hints"] = _hints("voice")
    why = {source.ids[one.name]: f"“{source.words(one)}” stands in {one.sentences[0]}; nothing here is handed to it." for one in others}
    cue = source.cue(at, speaker)
    why[source.ids[speaker.name]] = f"“{cue}” hands it to {speaker.name}."
    why["outlet"] = f"The report hands it on: “{cue}” gives it to somebody else."
    return Asked(question, {"right": [source.ids[speaker.name]], **_taught("this sentence"), "why": why})


def _tags(source: Source) -> Asked | None:
    """Whose voice each of several sentences has."""
    spoken = [at for at in source.body if len(source.of(at)) == 1][: MOST - 2]
    silent = [at for at in source.body if not source.of(at)][:2]
    offered = source.voices[:SPEAKERS]
    items = [at for at in source.body if at in (*spoken, *silent) and (not source.of(at) or source.of(at)[0] in offered)]
    if len(items) < 2 or not offered:
        return None
    question = _head(source, "voices", "tag", "guided", "sourcing", "voice", "Whose voice does each sentence have?")
    question |= {"items": items, "choices": [{"id": source.ids[one.name], "text": one.name} for one in offered]}
    question["choices"] += [{"id": "outlet", "text": "the report itself"}]
    question["hints"] = _hints("voice")
    verdicts = {}
    for at in items:
        whose = source.of(at)
        right = source.ids[whose[0].name] if whose else "outlet"
        why = {source.ids[one.name]: f"No words of {at} hand it to {one.name}." for one in offered if not whose or one != whose[0]}
        why["outlet"] = (
            f"“{source.cue(at, whose[0])}” hands it to somebody." if whose else "No words hand it to anybody, so the report answers for it."
        )
        if whose:
            why[right] = f"“{source.cue(at, whose[0])}” hands it to {whose[0].name}."
        verdicts[at] = {"right": [right], "why": why}
    return Asked(question, {**_taught("the turn from voice to voice"), "items": verdicts})


def _hedged(source: Source) -> Asked | None:
    """Hedges to be marked in their sentences."""
    marks = source.hedges()
    show = sorted({mark.at for mark in marks}, key=source.body.index)[:MOST] if all(mark.at in source.body for mark in marks) else []
    labels = sorted({mark.label for mark in marks})
    if not show or len(labels) < 2:
        return None
    question = _head(source, "hedges", "mark", "own", "language", "hedges", "Mark every hedge and say of which kind it is.")
    question |= {
        "show": show,
        "choices": [{"id": one, "text": HEDGES[one], "letter": one[0].upper() if one != "epistemic" else "L"} for one in labels],
    }
    question["hints"] = _hints("hedges")
    spans = [
        {
            "at": mark.at,
            "words": mark.words,
            "right": [mark.label],
            "why": {one: _right_hedge(mark) if one == mark.label else IS_NOT[one] for one in labels},
        }
        for mark in marks
        if mark.at in show
    ]
    fine = {at: f"These words of {at} state something, or name who says it." for at in show}
    return Asked(question, {**_taught("a hedge"), "fine": fine, "span": spans})


def _right_hedge(mark: Annotated) -> str:
    return f"“{mark.words}” is {HEDGES[mark.label]}: {mark.note.partition(': ')[2] or mark.note or 'by hand'}."


def _matched(source: Source) -> Asked | None:
    """Hedges to be sorted by kind."""
    words: dict[str, Annotated] = {}
    for mark in source.hedges():
        words.setdefault(mark.words.lower(), mark)
    labels = sorted({mark.label for mark in words.values()})
    if len(words) < 2 or len(labels) < 2:
        return None
    chosen = list(words.values())[:MOST]
    question = _head(source, "kinds", "match", "guided", "language", "hedges", "What does each of these words of the report say?")
    question |= {
        "items": [{"id": f"word-{number}", "text": mark.words} for number, mark in enumerate(chosen, 1)],
        "choices": [{"id": one, "text": HEDGES[one]} for one in labels],
        "hints": _hints("hedges"),
    }
    items = {
        f"word-{number}": {
            "right": [mark.label],
            "why": {one: _right_hedge(mark) if one == mark.label else IS_NOT[one] for one in labels},
        }
        for number, mark in enumerate(chosen, 1)
    }
    return Asked(question, {**_taught("the difference between the kinds"), "items": items})


def _counted(source: Source) -> Asked | None:
    """How many voices there are."""
    value = len(source.voices)
    if value < 2:
        return None
    prompt = "How many different voices does the report name? Count a voice once, however often it speaks."
    question = _head(source, "count", "number", "practice", "sourcing", "independence", prompt)
    question |= {"low": 0, "high": 20, "unit": "voices", "hints": _hints("voice")}
    names = ", ".join(voice.name for voice in source.voices)
    why = {
        "right": f"They are: {names}.",
        "low": f"There are more. The report hands something to {source.voices[-1].name}, too.",
        "high": "There are fewer. A pronoun, or a second name for the same speaker, is no new voice.",
    }
    return Asked(question, {"value": value, **_taught("counting voices"), "why": why})


def _reachable(source: Source) -> Asked | None:
    """Which voices a reader could ask."""
    vague = [voice for voice in source.voices if voice.vague]
    named_ones = [voice for voice in source.voices if not voice.vague]
    if not vague or not named_ones:
        return None
    chosen = (vague[:2] + named_ones)[: MOST - 1]
    prompt = "Which of these voices are named well enough that a reader could go and ask them?"
    question = _head(source, "ask", "choose-many", "practice", "sourcing", "attribution", prompt)
    question |= {"choices": [{"id": source.ids[one.name], "text": one.name} for one in sorted(chosen, key=lambda one: one.name)]}
    question["hints"] = _hints("voice")
    why = {source.ids[one.name]: f"“{one.name}”: nobody in particular, so nobody can be asked." for one in chosen if one.vague}
    why |= {source.ids[one.name]: f"“{one.name}” names whom to ask." for one in chosen if not one.vague}
    right = [source.ids[one.name] for one in chosen if not one.vague]
    return Asked(question, {"right": right, **_taught("a name that can be asked"), "why": why})


def _dated(source: Source) -> Asked | None:
    """What happened when, as far as the text says."""
    found: list[tuple[Annotated, str]] = []
    for moment in clocks_implied(source.text, source.marks):
        in_body, is_day = moment.mark.at in source.body, len(moment.day) >= len("2034-03-18")
        day = moment.day[: len("2034-03-18")]
        if in_body and is_day and moment.what != DATELINE and all(day != other for _, other in found):
            found.append((moment.mark, day))
    if not found:
        return None
    question = _head(source, "when", "when", "own", "context", "clocks", "On which day did each of these happen, as the report says?")
    question |= {
        "show": sorted({mark.at.partition(".")[0] for mark, _ in found}, key=lambda place: (len(place), place)),
        "items": [
            {"id": f"event-{number}", "text": f"{FILL}: what happened on the day in {mark.at}"}
            for number, (mark, _) in enumerate(found[:MOST], 1)
        ],
        "hints": [
            "Look for the day in the sentence itself.",
            "A day of a report is not the day of what it reports.",
            f"{FILL}: a line worked elsewhere",
        ],
    }
    items = {
        f"event-{number}": {
            "right": [day],
            "look": mark.words,
            "at": mark.at,
            "why": {
                "right": f"“{mark.words}” gives the day, counted from the dateline where it has no date of its own.",
                "other": f"{mark.at} gives another day: “{mark.words}”.",
                "coarse": "The report gives the day, too.",
            },
        }
        for number, (mark, day) in enumerate(found[:MOST], 1)
    }
    return Asked(question, {**_taught("the difference between event and report"), "items": items})


def _chained(source: Source) -> Asked | None:
    """From whom the report has it."""
    names, ways = chain_implied(source.text, source.marks)
    ids = _ids(names)
    chosen = names[:MOST]
    if len(chosen) < 2:
        return None
    question = _head(
        source, "chain", "chain", "own", "sourcing", "chain", "From whom has each of these what it says? Draw a step for each."
    )
    items = [{"id": ids[name], "text": name} for name in chosen] + [{"id": PAGE, "text": "this page"}]
    question |= {"items": items, "hints": ["Begin with the page.", "Who is named is whom the report claims to have it from.",
                                           f"{FILL}: a step worked elsewhere"]}  # fmt: skip
    edges = [
        {"from": ids[way.source], "to": ids.get(way.to, PAGE), "step": "shown", "why": f"The text shows it: {way.why}."}
        for way in ways
        if {way.to, way.source} <= {*chosen, PAGE}
    ]
    wrong = {ids[name]: f"The report does not say that anybody else has it from {name}." for name in chosen}
    wrong[PAGE] = "Nobody in the text has anything from this page."
    return Asked(question, {**_taught("the way back to the origin"), "wrong": wrong, "edge": edges})


def _written(source: Source) -> Asked | None:
    """Why one voice carries the report."""
    most = source.voices[0]
    prompt = f"In two sentences: what in this report rests on {most.name} alone, and what would you look for to check it?"
    question = _head(source, "say-why", "write", "say-why", "sourcing", "chain", prompt) | {"rows": 4}
    key = {"model": [f"{FILL}: an answer of your own that names {most.name}"], **_taught("one source"),
           "features": [{"name": "the voice", "any": [most.name.split()[-1]], "missing": "Name whose word it is."}]}  # fmt: skip
    return Asked(question, key)


def _hints(what: str) -> list[str]:
    """Where to look, the principle, and a line worked elsewhere."""
    return {
        "voice": [
            "Look for a verb of saying, or for “according to”.",
            "A full stop ends a turn: who speaks next has to be named again.",
            "“The mill is old, Ann said. It is pretty.” Ann does not say that it is pretty.",
        ],
        "hedges": [
            "Leave the word out in your mind. What is lost?",
            "How something is known, how sure somebody is, and how it is put are three things.",
            "“Perhaps it rains” says how sure; “they say it rains” says how it is known.",
        ],
    }[what]


MAKERS: dict[str, Callable[[Source], Asked | None]] = {
    "choose": _whose,
    "tag": _tags,
    "match": _matched,
    "mark": _hedged,
    "number": _counted,
    "choose-many": _reachable,
    "when": _dated,
    "chain": _chained,
    "write": _written,
}
"""What makes a question of each kind; nothing where the text has too little for it."""


def _notebook(text: Text, asked: Iterable[Asked]) -> Any:
    head = (
        f"# {text.header.title}",
        f"**The question of this lesson:** {FILL}: in a line.",
        "**Time:** 20 minutes. **Before it:** the lessons.",
    )
    cells = [
        ("title", "markdown", "\n\n".join(head)),
        ("import-intro", "markdown", "The next cell brings in the tools of the page. Choose *Run*, then *Run All Cells*, once."),
        ("import", "code", "from dateline.lesson import exercise, passage"),
        ("text-intro", "markdown", "Read the report once, from its headline to its last line."),
        ("text", "code", f'passage("{text.id}")'),
    ]
    for number, one in enumerate(asked, 1):
        cells.append((f"intro-{number}", "markdown", f"{FILL}: what the reader should notice before “{one.question['prompt']}”"))
        cells.append((f"ask-{number}", "code", f'exercise("{one.question["id"]}")'))
    made: list[dict[str, Any]] = [
        {"id": name, "cell_type": kind, "metadata": {}, "source": words.replace("$", r"\$") if kind == "markdown" else words}
        | ({"outputs": [], "execution_count": None} if kind == "code" else {})
        for name, kind, words in cells
    ]
    return nbformat.from_dict({"cells": made, "metadata": KERNEL, "nbformat": 4, "nbformat_minor": 5})


def toml(path: tuple[str, ...], table: Table, listed: bool = False) -> str:
    """A table in TOML: what is plain first, then the tables in it, each under its own head."""
    name = ".".join(map(_key, path))
    plain = [f"{_key(key)} = {_value(value)}" for key, value in table.items() if not _is_table(value)]
    parts = [f"[[{name}]]" if listed else f"[{name}]", *plain]
    for key, value in table.items():
        if isinstance(value, dict):
            parts.append(toml((*path, key), value).rstrip("\n"))
        elif _is_table(value):
            parts += [toml((*path, key), one, listed=True).rstrip("\n") for one in value]
    return "\n".join(parts) + "\n"


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else quoted(name)


def _is_table(value: object) -> bool:
    """Whether something stands under a head of its own: a table, or a list of tables that hold tables."""
    return isinstance(value, dict) or (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(one, dict) for one in value)
        and any(isinstance(inner, dict) for one in value for inner in one.values())
    )


def _value(value: object) -> str:
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(key)} = {_value(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, list):
        if value and all(isinstance(one, dict) for one in value):
            return "[\n" + "".join(f"    {_value(one)},\n" for one in value) + "]"
        return "[" + ", ".join(_value(one) for one in value) + "]"
    return json.dumps(value)


def said_of(made: Drafted) -> list[str]:
    """What a person is told of a draft."""
    lines = [f"A draft with {counted(len(made.kinds), 'question')} of {counted(len(set(made.kinds)), 'kind')} is in"]
    lines += [f"    {named(path)}" for path in made.files]
    if made.left_out:
        lines.append(f"The text has too little for: {', '.join(made.left_out)}.")
    lines.append(
        f"{counted(made.open_places, 'place waits', 'places wait')} for you, marked {FILL}. “course.py check” names each with its line."
    )
    return lines
