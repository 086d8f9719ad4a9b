"""Texts: one sentence per line, so that every sentence has an address that nothing can move."""

import datetime
import hashlib
import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cached_property, lru_cache
from pathlib import Path

import msgspec

from dateline.faults import CourseError, Problem, decode_utf8, fail, parse_toml
from dateline.folders import course_folder, named
from dateline.wording import counted

HEADINGS = {"# ": "H1", "## ": "H2", "### ": "HD"}
# Characters that look or sound alike, each replaced by one character so that offsets stay the same.
ALIKE = str.maketrans("\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00a0\u202f\u2010\u2011", "''''\"\"\"\"  --")


class Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is known about a text: `published` is the date that the page itself carries."""

    id: str
    title: str
    published: datetime.date
    provenance: str
    rights: str
    invented: bool = False


class Sentence(msgspec.Struct, frozen=True):
    """One printed line: its address (`H1`, `H2`, `HD1`, `p3.s1`), its words, its line in the file."""

    at: str
    words: str
    line: int


class Span(msgspec.Struct, frozen=True, order=True):
    """Characters `start` up to but not including `end` of the sentence at an address, counted in code points from 0."""

    at: str
    start: int
    end: int


class Text(msgspec.Struct, frozen=True, dict=True):
    """A text that is never changed. Its identity is `sha256`."""

    header: Header
    sentences: tuple[Sentence, ...]
    file: str

    @property
    def id(self) -> str:
        return self.header.id

    @cached_property
    def sha256(self) -> str:
        """SHA-256 (hex) over address, tab, words, newline of every sentence; the header does not count."""
        lines = "".join(f"{sentence.at}\t{sentence.words}\n" for sentence in self.sentences)
        return hashlib.sha256(lines.encode()).hexdigest()

    def __getitem__(self, at: str) -> str:
        """The words at an address; raises `CourseError` if there is no such address."""
        return self._line(at).words

    @cached_property
    def _places(self) -> dict[str, tuple[Sentence, ...]]:
        """Every address and every paragraph, with its sentences."""
        found: dict[str, tuple[Sentence, ...]] = {}
        for sentence in self.sentences:
            for name in dict.fromkeys((sentence.at, sentence.at.partition(".")[0])):
                found[name] = (*found.get(name, ()), sentence)
        return found

    @cached_property
    def _spans(self) -> dict[tuple[str, str, int | None], Span]:
        """Quoted words that were found before."""
        return {}

    def _line(self, at: str) -> Sentence:
        here = self._places.get(at, ())
        if here and here[0].at == at:
            return here[0]
        addresses = [sentence.at for sentence in self.sentences]
        near = get_close_matches(at, addresses, n=1)
        fix = f"Did you mean {near[0]}" if near else f"It has {addresses[0]} to {addresses[-1]}"
        raise fail(self.file, 1, f"there is no sentence {at!r} in the text {self.id!r}", fix)

    def select(self, places: Iterable[str]) -> tuple[Sentence, ...]:
        """The sentences at addresses or in whole paragraphs (`p3`), in the order given; raises `CourseError`."""
        chosen: list[Sentence] = []
        for place in places:
            chosen += self._places.get(place) or [self._line(place)]
        return tuple(chosen)

    def find(self, at: str, words: str, nth: int | None = None) -> Span:
        """Where quoted words stand in a sentence.

        Straight and curly quotation marks match each other, and so do spaces that may and may not break.
        `nth` (counted from 1) is needed where the words stand more than once. Raises `CourseError`.
        """
        if (at, words, nth) not in self._spans:
            self._spans[at, words, nth] = self._find(at, words, nth)
        return self._spans[at, words, nth]

    def _find(self, at: str, words: str, nth: int | None) -> Span:
        sentence = self._line(at)
        starts = [found.start() for found in re.finditer(f"(?={re.escape(words.translate(ALIKE))})", sentence.words.translate(ALIKE))]
        if not words or not starts:
            fix = f"Copy the words from the sentence: {sentence.words}"
            raise fail(self.file, sentence.line, f"the words {words!r} are not in {at}", fix)
        if len(starts) > 1 and nth is None:
            fix = f"Say which with nth = 1 to {len(starts)}, or quote more words"
            raise fail(self.file, sentence.line, f"the words {words!r} stand {len(starts)} times in {at}", fix)
        if nth is not None and not 1 <= nth <= len(starts):
            fix = f"Write nth = 1 to {len(starts)}" if len(starts) > 1 else "Leave nth out"
            what = f"the words {words!r} stand {counted(len(starts), 'time')} in {at}, so there is no number {nth}"
            raise fail(self.file, sentence.line, what, fix)
        start = starts[(nth or 1) - 1]
        return Span(at, start, start + len(words))


def read_text(raw: bytes, file: str) -> Text:
    """A text from the bytes of its file: a TOML header between two lines `+++`, then the text. Raises `CourseError`."""
    lines = decode_utf8(raw, file).split("\n")
    header, body_line = _read_header(lines, file)
    sentences, problems = _read_body(lines, body_line, file)
    if problems:
        raise CourseError(problems)
    return Text(header, tuple(sentences), file)


def _read_header(lines: list[str], file: str) -> tuple[Header, int]:
    if lines[0].strip() != "+++" or "+++" not in lines[1:]:
        raise fail(file, 1, "the header is missing", "Begin with a line +++, the header in TOML, and another line +++")
    end = lines.index("+++", 1)
    table = parse_toml("\n".join(lines[1:end]), file, first_line=2)
    try:
        return msgspec.convert(table, Header), end + 1
    except msgspec.ValidationError as error:
        fix = "A header has id, title, published (a date), provenance, rights, and invented if the states are invented"
        raise fail(file, 2, f"the header is not complete: {error}", fix) from None


def _read_body(lines: list[str], start: int, file: str) -> tuple[list[Sentence], list[Problem]]:
    sentences: list[Sentence] = []
    problems: list[Problem] = []
    paragraph = place = heads = 0
    for number, line in enumerate(lines[start:], start + 1):
        if not line.strip(" \t"):
            place = 0
            continue
        if line != line.strip(" \t"):
            problems.append(Problem(file, number, "there is a space at an end of this line", "Delete it"))
        marker = next((m for m in HEADINGS if line.startswith(m)), "")
        words = line[len(marker) :].strip(" \t")
        if marker:
            heads += marker == "### "
            at = HEADINGS[marker] + (str(heads) if marker == "### " else "")
            if any(sentence.at == at for sentence in sentences):
                problems.append(Problem(file, number, f"there is a second {at}", "Keep one; a section head begins with ###"))
            place = 0
        else:
            paragraph += place == 0
            place += 1
            at = f"p{paragraph}.s{place}"
        sentences.append(Sentence(at, words, number))
    if not paragraph:
        problems.append(Problem(file, len(lines), "there is no sentence in this text", "Write one sentence on each line below the header"))
    return sentences, problems


def load_text(name: str) -> Text:
    """The text `data/texts/<name>.txt`; raises `CourseError`."""
    folder = course_folder() / "data" / "texts"
    path = folder / f"{name}.txt"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in folder.glob("*.txt"))) or "none"
        raise fail(named(path), 1, f"there is no text {name!r}", f"Write one of: {known}")
    return _load(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _load(path: Path, _changed: int) -> Text:
    text = read_text(path.read_bytes(), named(path))
    if text.id != path.stem:
        raise fail(text.file, 2, f"the id {text.id!r} is not the file's name", f'Write id = "{path.stem}"')
    return text


class TextName(str):
    """The name of a text as an author writes it, carrying the text itself, so that whoever has a question need not read a file."""

    whole: Text

    def lines(self, places: Iterable[str]) -> list[Sentence]:
        """Sentences of the text by addresses and paragraphs; none of no text. Raises `CourseError`."""
        return list(self.whole.select(tuple(places))) if self else []


def text_named(name: str) -> TextName:
    """A name with its text; raises `ValueError` if there is no such text or it has faults of its own."""
    found = TextName(name)
    if name:
        try:
            found.whole = load_text(name)
        except CourseError as error:
            known = [path.stem for path in text_files()]
            near = get_close_matches(name, known, n=1)
            missing = f"there is no text {name!r}" + (f"; did you mean {near[0]!r}" if near else f"; there are {', '.join(known)}")
            raise ValueError(f"{error.problems[0].file} has faults of its own" if name in known else missing) from None
    return found


def text_files() -> list[Path]:
    """The texts of the course."""
    return sorted((course_folder() / "data" / "texts").glob("*.txt"))
