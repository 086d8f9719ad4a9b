"""Classes made up for tests: learners of every strength, and among them submissions that are broken or hostile."""

import json
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bots import at_random

from dateline.answers.document import SCHEMA
from dateline.bank import Stem
from dateline.kinds import solved
from dateline.kinds.write import Write
from dateline.learner.record import stems

HOSTILE = (
    b"",
    b"{",
    b"null",
    b"[]",
    b"\xff\xfe\x00",
    b'{"schema": 99, "modules": {}}',
    b'{"schema": 3, "modules": {"1": {"voices-p4": {"value": ' + b"[" * 50_000 + b"]" * 50_000 + b"}}}}",
    b'{"schema": 3, "modules": {"1": {"voices-p4": {"score": 100}}}}',
    b'{"schema": 3, "modules": {"1": {"voices-p4": {"value": 1e999}}}}',
    b'{"schema": 3, "modules": {}, "modules": {}}',
    b'{"schema": 3, "learner": "somebody else", "modules": {}}',
    b"\x80\x04\x95 a pickle \x94.",
)
ODD = (
    {"__import__('os').system('touch hacked')": {"value": 1}},
    {"voices-p4": {"value": {"p4.s2": "__import__('os').system('touch hacked')"}}},
    {"voices-p4": {"value": {"p4.s2": ["leader"]}}},
    {"predict-quotation": {"value": "heard", "text": "0" * 64, "confidence": 10**9}},
    {"../../../etc/passwd": {"value": "x"}},
)
"""Answers that can be read as JSON and are still wrong."""


def paper(strength: float, luck: random.Random, lessons: list[Stem]) -> dict[str, Any]:
    """The exported file of a learner who knows the answer with a chance of `strength`."""
    modules: dict[str, dict[str, Any]] = {}
    for stem in lessons:
        for question in stem.lesson.question:
            key = (stem.keys or {}).get(question.id)
            if question.unmarked or key is None:
                continue
            if isinstance(question, Write):
                value: Any = "A line of my own."
            else:
                value = solved(question, key) if luck.random() < strength else at_random(question, luck)
            answer: dict[str, Any] = {"value": value, "first": value, "checks": 1, "saved": "2026-11-02T10:00:00.000Z"}
            if question.confidence:
                answer |= {"confidence": luck.choice([50, 70, 85, 99]), "first_confidence": luck.choice([50, 70, 85, 99])}
            modules.setdefault(stem.lesson.module, {})[question.id] = answer
    return {"schema": SCHEMA, "modules": modules}


def submissions(count: int, seed: int = 1, lessons: tuple[str, ...] = ("1.1", "2.1")) -> Iterator[tuple[str, bytes]]:
    """`count` files, named by learner; one in fifty is hostile or broken."""
    luck = random.Random(seed)
    chosen = [stem for stem in stems() if stem.lesson.lesson in lessons]
    for number in range(count):
        name = f"learner-{number:04d}x.json"
        if number % 100 == 42:
            yield name, HOSTILE[number // 100 % len(HOSTILE)]
        elif number % 100 == 92:
            odd = {"schema": SCHEMA, "modules": {"1": ODD[number // 100 % len(ODD)]}}
            yield name, json.dumps(odd).encode()
        else:
            yield name, json.dumps(paper(luck.random(), luck, chosen)).encode()


def as_folder(folder: Path, files: Iterator[tuple[str, bytes]]) -> Path:
    folder.mkdir(parents=True)
    for name, raw in files:
        (folder / name).write_bytes(raw)
    return folder


def as_zip(path: Path, files: Iterator[tuple[str, bytes]]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, raw in files:
            packed.writestr(name, raw)
    return path
