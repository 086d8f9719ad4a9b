"""Whether words of a key stand in a folder of files, in whatever form a file can carry words."""

import base64
import binascii
import html
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from dateline.bank import exercise_files, load_stem, question_files
from dateline.folders import course_folder
from dateline.kinds import kind_of
from dateline.texts.marks import annotation_files, read_annotation
from dateline.texts.text import load_text, text_files

FEWEST = 6
"""Words that a string must have to be a secret: shorter ones are words of the questions as well."""
DATA = re.compile(r"data:[\w/+.-]+;base64,([A-Za-z0-9+/=\s]+)|\b((?:[A-Za-z0-9+/]{4}){30,}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)")
WORDS = re.compile(r"\w+")
ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
PNG = b"\x89PNG\r\n\x1a\n"


class Leak(msgspec.Struct, frozen=True, order=True):
    """A file and the words of a key that stand in it."""

    file: str
    words: str


def secrets() -> frozenset[str]:
    """Every string of every key but those that its kind says may be open, and every note of a mark that is kept with the keys.

    What only repeats words of a text or of a question is no secret: these are there to be read.
    """
    found: set[str] = set()
    for path in exercise_files():
        stem = load_stem(path)
        for question in stem.lesson.question:
            key = (stem.keys or {}).get(question.id)
            if key is not None:
                found |= set(_strings(msgspec.to_builtins(key, enc_hook=str))) - set(kind_of(question).may_be_open(key))
    for path in sorted((course_folder() / "solutions" / "annotations").glob("*.toml")):
        for file in annotation_files(path.stem):
            if "solutions" in file.parts:
                found |= {mark.note for mark in read_annotation(file, load_text(path.stem)).mark}
    printed = [plain(" ".join(sentence.words for sentence in load_text(path.stem).sentences)) for path in text_files()]
    printed += [plain(path.read_text(encoding="utf-8")) for path in question_files()]
    known = (words for words in map(plain, found) if len(words.split()) >= FEWEST)
    return frozenset(words for words in known if not any(words in text for text in printed))


def _strings(value: Any) -> Iterator[str]:
    """Every string in plain data, names of fields left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _strings(inner)


def plain(words: str) -> str:
    """Words as they are compared: letters and figures alone, small, with single spaces."""
    return " ".join(WORDS.findall(words.casefold()))


def find_leaks(folder: Path, known: frozenset[str]) -> list[Leak]:
    """Every secret that stands in a file below a folder, or in a zip there."""
    begin: dict[tuple[str, ...], list[list[str]]] = {}
    for secret in known:
        words = secret.split()
        begin.setdefault(tuple(words[:FEWEST]), []).append(words)
    found = set()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        for view in views(path.read_bytes()):
            found |= {Leak(path.relative_to(folder).as_posix(), " ".join(words)) for words in _standing_in(view.split(), begin)}
    return sorted(found)


def _standing_in(words: list[str], begin: dict[tuple[str, ...], list[list[str]]]) -> Iterator[list[str]]:
    """The secrets that stand in a list of words, found by their first few."""
    for at in range(len(words) - FEWEST + 1):
        for secret in begin.get(tuple(words[at : at + FEWEST]), ()):
            if words[at : at + len(secret)] == secret:
                yield secret


def views(raw: bytes, depth: int = 0) -> Iterator[str]:
    """The words that a file can hold: as text in several encodings, unescaped, and inside pictures, data addresses and zips."""
    if depth > 3:
        return
    if zipfile.is_zipfile(io.BytesIO(raw)):
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            for name in packed.namelist():
                yield from views(packed.read(name), depth + 1)
        return
    if raw.startswith(PNG):
        yield from _picture_words(raw)
        return
    for encoding in ("utf-8", "utf-16", "latin-1"):
        try:
            words = raw.decode(encoding)
        except UnicodeError:
            continue
        yield from _unescaped(words, depth)
        if encoding == "utf-8":
            return


def _unescaped(words: str, depth: int) -> Iterator[str]:
    yield plain(words)
    yield plain(re.sub(r"<[^>]+>", " ", html.unescape(words)))
    try:
        strings = list(_every_string(json.loads(words)))
    except (ValueError, RecursionError):
        strings = [ESCAPED.sub(lambda found: chr(int(found[1], 16)), words)] if "\\u" in words else []
    for string in strings:
        yield plain(string)
        yield plain(re.sub(r"<[^>]+>", " ", html.unescape(string)))
    for found in DATA.finditer(" ".join(strings) or words):
        try:
            yield from views(base64.b64decode(found[1] or found[2]), depth + 1)
        except (binascii.Error, ValueError):
            continue


def _every_string(value: Any) -> Iterator[str]:
    """Every string of a notebook, the lines of a cell joined."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _every_string(inner)
    elif isinstance(value, list):
        if value and all(isinstance(inner, str) for inner in value):
            yield "".join(value)
        for inner in value:
            yield from _every_string(inner)


def _picture_words(raw: bytes) -> Iterator[str]:
    """The text chunks of a PNG."""
    at = len(PNG)
    while at + 8 <= len(raw):
        length, kind = int.from_bytes(raw[at : at + 4], "big"), raw[at + 4 : at + 8]
        body = raw[at + 8 : at + 8 + length]
        if kind in (b"tEXt", b"iTXt", b"eXIf"):
            yield plain(body.decode("utf-8", "replace"))
        elif kind == b"zTXt":
            name, _, packed = body.partition(b"\0")
            try:
                yield plain(name.decode("latin-1") + " " + zlib.decompress(packed[1:]).decode("utf-8", "replace"))
            except zlib.error:
                yield plain(body.decode("latin-1"))
        at += 12 + length
