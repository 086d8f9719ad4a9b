"""Who speaks in a text, how often, and what rests on one voice alone: counted from the marks of attribution."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from dateline.texts.marks import Annotated
from dateline.texts.text import Text

PRONOUNS = frozenset({"he", "she", "it", "they", "who", "which", "his", "her", "its", "their", "him", "them"})
NOBODY = "nobody named"
SMALL = frozenset(
    {
        "the",
        "a",
        "an",
        "of",
        "in",
        "for",
        "on",
        "at",
        "to",
        "and",
        "from",
        "by",
        "that",
        "who",
        "which",
        "with",
        "s",
        "some",
        "many",
        "several",
        "most",
        "two",
        "three",
        "one",
        "other",
    }
)


class Voice(NamedTuple):
    """Somebody who is named as a source: the longest name, how many statements, and in which sentences they stand."""

    name: str
    statements: int
    sentences: tuple[str, ...]
    vague: bool = False


class Said(NamedTuple):
    """One statement: its source in the words of the text, and the sentences in which its content stands."""

    source: str
    sentences: tuple[str, ...]
    vague: bool
    link: str = ""


def statements(marks: Iterable[Annotated]) -> list[Said]:
    """The statements among marks, in the order of the text; what was thrown out is left away."""
    marks = tuple(marks)
    linked: dict[str, list[Annotated]] = {}
    for mark in marks:
        if mark.link and mark.state != "out":
            linked.setdefault(mark.link, []).append(mark)
    vague = {(mark.at, mark.words) for mark in marks if mark.label == "vague" and mark.state != "out"}
    found = []
    for own in linked.values():
        if all(mark.label == "source" for mark in own):
            continue  # a dateline, a byline or a credit names who made the page, and hands no statement to anybody
        source = next((mark for mark in own if mark.label == "source"), None)
        places = tuple(dict.fromkeys(mark.at for mark in own if mark.label == "content")) or tuple(dict.fromkeys(mark.at for mark in own))
        found.append(Said(source.words if source else "", places, bool(source and (source.at, source.words) in vague), own[0].link))
    return found


def voices(marks: Iterable[Annotated]) -> list[Voice]:
    """The voices of a text, those that speak most first. A pronoun is the voice before it; a short name is the longer one that has it."""
    made = [
        Voice(name, len(said), tuple(dict.fromkeys(at for one in said for at in one.sentences)), all(one.vague for one in said))
        for name, said in _by_voice(marks)
    ]
    return sorted(made, key=lambda voice: -voice.statements)


def speakers(marks: Iterable[Annotated]) -> dict[str, str]:
    """Whose each statement is: the name of the voice by the link of the statement, in the order of the text."""
    return {one.link: name for name, said in _by_voice(marks) for one in said}


def _by_voice(marks: Iterable[Annotated]) -> list[tuple[str, list[Said]]]:
    """The statements of each voice: its longest name, the words by which it is known, what it said."""
    found: list[tuple[str, set[str], list[Said]]] = []
    last = ""
    for one in statements(marks):
        name = one.source
        if name.lower() in PRONOUNS or not name:
            name = last or name or NOBODY
        last = name
        heads = _heads(name)
        same = next((k for k, (other, known, _) in enumerate(found) if _is_same(name, heads, other, known)), None)
        if same is None:
            found.append((name, heads, [one]))
        else:
            longest, known, said = found[same]
            found[same] = (max(longest, name, key=len), known | heads, [*said, one])
    return [(name, said) for name, _, said in found]


def _is_same(name: str, heads: set[str], other: str, known: set[str]) -> bool:
    """Whether two names are one voice's: one has the other's words, or “the register” comes after “the League's traffic register”."""
    if not heads:
        return False
    again = name.lower().startswith("the ") and not _capitals(name) and heads <= _words(other)
    return heads <= known or known <= heads or again


def known_as(name: str, names: Iterable[str]) -> str:
    """The one of some names that is the same voice's, or the name itself: “KTA” is “the state agency KTA”."""
    heads = _heads(name)
    return next((other for other in names if heads and ((theirs := _heads(other)) and (heads <= theirs or theirs <= heads))), name)


def _heads(name: str) -> set[str]:
    """The words by which a name is known: those in capitals before the first comma, or else all, without small ones."""
    return _capitals(name) or _words(name)


def _first(name: str) -> str:
    return re.split(r",| who | which ", name)[0].replace("’s", "").replace("'s", "")


def _words(name: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[\w.-]+", _first(name))} - SMALL


def _capitals(name: str) -> set[str]:
    return {word.lower() for word in re.findall(r"\b[A-Z][\w.-]*", _first(name))} - SMALL


def shared(left: Sequence[Voice], right: Sequence[Voice]) -> tuple[list[str], list[str], list[str]]:
    """The names of voices that two texts have both, and those of each alone; a short name is the longer one that has it."""

    def same(one: Voice, others: Sequence[Voice]) -> bool:
        heads = _heads(one.name)
        return any(heads <= theirs or theirs <= heads for other in others if (theirs := _heads(other.name)))

    both = [voice.name for voice in left if same(voice, right)]
    return both, [voice.name for voice in left if not same(voice, right)], [voice.name for voice in right if not same(voice, left)]


class Resting(NamedTuple):
    """How a text's sentences rest on voices: with none, with one alone, and with several; and the voice on which most rests."""

    nobody: int
    one: int
    several: int
    voice: str
    alone: tuple[str, ...]


def resting(text: Text, marks: Sequence[Annotated]) -> Resting:
    """What rests on whom; headlines and headings are not counted."""
    by_sentence: dict[str, set[str]] = {sentence.at: set() for sentence in text.sentences if sentence.at.startswith("p")}
    spoken = voices(marks)
    for voice in spoken:
        for at in voice.sentences:
            if at in by_sentence:
                by_sentence[at].add(voice.name)
    alone = {voice.name: tuple(at for at, names in by_sentence.items() if names == {voice.name}) for voice in spoken}
    most = max(alone, key=lambda name: len(alone[name]), default="")
    counts = [len(names) for names in by_sentence.values()]
    return Resting(counts.count(0), counts.count(1), sum(count > 1 for count in counts), most, alone.get(most, ()))
