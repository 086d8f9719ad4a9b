"""What is made from other files is as they say, and the schemas accept what the course accepts."""

import json
import tomllib
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from dateline.authoring.kinds_page import kinds_page, schemas
from dateline.authoring.pages import derived_pages
from dateline.authoring.rooms import rooms
from dateline.folders import course_folder

DERIVED = dict(derived_pages())
AUTHORED = {
    "exercises.json": sorted((course_folder() / "exercises").glob("**/*.toml")),
    "solutions.json": [path for path in sorted((course_folder() / "solutions").glob("**/*.toml")) if path.parent.name != "annotations"],
    "panels.json": sorted((course_folder() / "data" / "panels").glob("*.toml")),
}


@pytest.mark.parametrize("path", DERIVED, ids=lambda path: path.name)
def test_a_derived_file_is_as_its_sources_say(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == DERIVED[path], "run course.py refresh"


def validator(name: str) -> Any:
    schema = json.loads(schemas()[name])
    return jsonschema.Draft202012Validator(schema)


@pytest.mark.parametrize("name", AUTHORED)
def test_a_schema_accepts_every_file_of_the_course(name: str) -> None:
    for path in AUTHORED[name]:
        plain = json.loads(json.dumps(tomllib.loads(path.read_text(encoding="utf-8")), default=str))
        assert [error.message[:200] for error in validator(name).iter_errors(plain)] == [], path.name


@pytest.mark.parametrize(
    ("field", "value"),
    [("beat", "guess"), ("kind", "dance"), ("theme", "weather"), ("choices", []), ("confidence", "yes"), ("surplus", 1)],
)
def test_a_schema_refuses_what_the_course_refuses(field: str, value: object) -> None:
    question = {
        "id": "x",
        "kind": "choose",
        "beat": "exit",
        "theme": "sourcing",
        "skill": "voice",
        "prompt": "P",
        "choices": [{"id": "a", "text": "A"}],
    }
    lesson = {"lesson": "1.1", "title": "T", "question": [question]}
    assert list(validator("exercises.json").iter_errors(lesson)) == []
    assert list(validator("exercises.json").iter_errors({**lesson, "question": [{**question, field: value}]}))


def test_the_page_of_kinds_names_every_kind_and_says_how_each_is_marked() -> None:
    page = kinds_page()
    heads = [line for line in page.split("\n") if line.startswith("## `")]
    names = "choose tag match ladder grid choose-many mark order number range when chain desk write"
    assert heads == [f"## `{name}`" for name in names.split()]
    assert page.count("How it is marked: ") == 14
    assert "| `beat` | one of `tour`, `predict`, `say-why`, `guided`, `own`, `exit`, `practice`, `review`, `test`, `capstone` |" in page
    assert "| `worth` | number at least 0, at most 1 |" in page


def test_the_picture_of_rooms_has_every_room_with_a_subject() -> None:
    found = {name: subject for floor in rooms() for name, subject, _ in floor}
    there = {
        path.stem for path in (Path(__file__).parents[1] / "dateline").iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()
    }
    assert set(found) == there - {"__init__", "__main__"}
    assert [name for name, subject in found.items() if len(subject) < 20] == []
