"""The page of all kinds of exercises and the schemas for editors, made from the types and from what each kind says of itself."""

import json
import re
from collections.abc import Iterator
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

import msgspec

from dateline.bank import Lesson, exercise_files, load_stem
from dateline.cards.panels import AnyPanel
from dateline.evidence.misconceptions import Belief
from dateline.evidence.survey import Phrase
from dateline.kinds import KINDS, AnyQuestion, Kind, Question
from dateline.texts.text import TextName

HEAD = """# Kinds of exercises

Made by `python3 course.py refresh` from the types in `dateline/kinds/`. A question stands in `exercises/`, its key in the file of the same
name in `solutions/`. Fields in *italics* may be left out. An editor with TOML support completes and checks both files while you write, by
the schemas in `docs/schema/` (`.taplo.toml` says which is for which).
"""
NAMES: dict[Any, str] = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "true or false",
    TextName: "name of a text",
    Belief: "name in `data/misconceptions.toml`",
    Phrase: "phrase of `data/probability_phrases.csv`",
}
"""What stands in a file for a type."""


def kinds_page() -> str:
    """The page in Markdown."""
    examples = _examples()
    common = ["## What every question has\n", _doc(Question), "", *_fields(Question)]
    sections = [line for kind in KINDS for line in _section(kind, examples)]
    parts = dict.fromkeys(part for kind in KINDS for part in _parts(kind))
    inside = [line for part in parts for line in (f"`{part.__name__}`: {_doc(part)}\n", *_fields(part), "")]
    return "\n".join([HEAD, *common, "", *sections, "## What stands inside these\n", *inside]).rstrip() + "\n"


def _section(kind: Kind[Any, Any], examples: dict[type, Question]) -> Iterator[str]:
    yield f"## `{kind.asks.__struct_config__.tag}`\n"
    yield _doc(kind.asks) + "\n"
    if kind.asks in examples:
        yield f"An answer: `{kind.answer_form(examples[kind.asks])}`.\n"
    yield f"How it is marked: {_doc(type(kind))}\n"
    yield "In the question:\n"
    own = [field.name for field in msgspec.structs.fields(Question)]
    yield from _fields(kind.asks, leave=own)
    yield "\nIn the key:\n"
    yield from _fields(kind.keyed)
    yield ""


def _examples() -> dict[type, Question]:
    """One question of each kind that the course has."""
    return {type(question): question for path in reversed(exercise_files()) for question in reversed(load_stem(path).lesson.question)}


def _parts(kind: Kind[Any, Any]) -> list[type]:
    """The structs that stand inside a question or key of a kind, in the order in which they are met."""
    found: dict[type, None] = {}
    waiting: list[Any] = [kind.asks, kind.keyed]
    while waiting:
        for field in msgspec.structs.fields(waiting.pop(0)):
            for inner in _structs(field.type):
                if inner not in found:
                    found[inner] = None
                    waiting.append(inner)
    return list(found)


def _structs(shape: Any) -> Iterator[type]:
    if isinstance(shape, type) and issubclass(shape, msgspec.Struct):
        yield shape
    for inner in get_args(shape):
        yield from _structs(inner)


def _fields(struct: type, leave: list[str] | None = None) -> list[str]:
    rows = ["| field | what stands there |", "|---|---|"]
    for field in msgspec.structs.fields(struct):
        if field.name not in (leave or ()):
            name = f"`{field.encode_name}`" if field.required else f"*`{field.encode_name}`*"
            rows.append(f"| {name} | {_named(field.type)} |")
    return rows if len(rows) > 2 else ["Nothing beside what every question has."]


def _named(shape: Any) -> str:
    if shape in NAMES:
        return NAMES[shape]
    origin, inner = get_origin(shape), get_args(shape)
    if hasattr(shape, "__metadata__"):
        return " ".join(filter(None, [_named(shape.__origin__), _bounds(shape.__metadata__[0])]))
    if origin is Literal:
        return "one of " + ", ".join(f"`{one}`" for one in inner)
    if origin in (Union, UnionType):
        return " or ".join(_named(one) for one in inner if one is not NoneType)
    if origin is dict:
        return f"a table of {_named(inner[1])}"
    if origin is tuple:
        return f"a list of {_named(inner[0])}"
    return f"`{shape.__name__}`"


def _bounds(meta: msgspec.Meta) -> str:
    said = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than", "min_length": "(not empty)"}
    found = [(words, getattr(meta, name)) for name, words in said.items() if getattr(meta, name) is not None]
    return ", ".join(words if words.startswith("(") else f"{words} {value:g}" for words, value in found)


def _doc(thing: type) -> str:
    return re.sub(r"\n\n?\s*", " ", (thing.__doc__ or "").strip())


# ---- schemas -----------------------------------------------------------------------------------------------------------


class _Questions(Lesson, frozen=True):
    question: tuple[AnyQuestion, ...]


def schemas() -> dict[str, str]:
    """JSON schemas by file name: for `exercises/`, `solutions/` and `data/panels/`."""
    keys = tuple(dict.fromkeys(kind.keyed for kind in KINDS))
    shapes = {"exercises": _schema(_Questions), "panels": _schema(AnyPanel)}
    parts, components = msgspec.json.schema_components(keys, schema_hook=_hook, ref_template="#/$defs/{name}")
    shapes["solutions"] = {"type": "object", "additionalProperties": {"anyOf": list(parts)}, "$defs": components}
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return {f"{name}.json": json.dumps(head | shape, indent=1, ensure_ascii=False) + "\n" for name, shape in shapes.items()}


def _schema(shape: Any) -> dict[str, Any]:
    return msgspec.json.schema(shape, schema_hook=_hook)


def _hook(kind: type) -> dict[str, Any]:
    return {"type": "string", "description": NAMES[kind].replace("`", "")}
