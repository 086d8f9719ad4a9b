"""Small lessons made of one kind of question, and answers given at stated moments, for the tables of what a record shows."""

import json
from typing import Any

from asking import MISCONCEPTIONS, TEXT, listed

from dateline.answers.store import document_path

WHY = 'why = { x = "X holds.", y = "Y does not.", z = "Z does not." }\n'
KEY = f'right = ["x"]\n{WHY}misconception = {{ y = "were-heard", z = "same-clock" }}\nteach = "Keep."\nnext = "Do."\n'
"""A key under which x is right, and y and z have each a belief behind them."""


def question(name: str, beat: str = "exit", *, kind: str = "", skill: str = "voice", theme: str = "sourcing", text: str = "") -> str:
    """A question as its file has it: a choice of x, y and z, if no other kind is given."""
    kind = kind or 'kind = "choose"\n' + listed("choices", x="ex", y="why", z="zed")
    where = f'text = "{text}"\nshow = ["p1.s1"]\n' if text else ""
    head = (
        f'id = "{name}"\nbeat = "{beat}"\ntheme = "{theme}"\nskill = "{skill}"\nprompt = "What holds in {name}?"\nhints = ["1", "2", "3"]\n'
    )
    return f"\n[[question]]\n{head}{where}{kind}"


def lesson(number: str, *questions: str, keys: dict[str, str] | str = KEY, form: str = "", minutes: int = 0) -> dict[str, str]:
    """The two files of a lesson. One key for all its questions, or one for each by name."""
    head = f'lesson = "{number}"\ntitle = "Lesson {number}"\nminutes = {minutes}\nform = "{form}"\n'
    names = [part.split('id = "')[1].split('"')[0] for part in questions]
    stem = f"{number.replace('.', '')}-lesson.toml"
    found = {name: keys if isinstance(keys, str) else keys[name] for name in names if isinstance(keys, str) or name in keys}
    return {
        f"exercises/{stem}": head + "".join(questions),
        f"solutions/{stem}": "\n".join(f"[{name}]\n{key}" for name, key in found.items()),
        "data/misconceptions.toml": MISCONCEPTIONS,
        "data/texts/ferry.txt": TEXT,
        "data/texts/bridge.txt": TEXT.replace('"ferry"', '"bridge"').replace("ferry", "bridge"),
    }


def again(number: str, *recalled: str) -> dict[str, str]:
    """The two files that ask a lesson's questions again, each three times."""
    names = [(name, f"{name}-{turn}") for name in recalled for turn in (1, 2, 3)]
    asked = [question(variant, "review").replace("hints", f'recalls = "{name}"\nhints') for name, variant in names]
    files = lesson(number, *asked)
    return {name.replace("/", "/review/", 1): content for name, content in files.items() if not name.startswith("data")}


def at(second: int) -> str:
    """A moment as an answer has it."""
    return f"2031-01-01T00:{second // 60:02}:{second % 60:02}.000Z"


def give(module: str, answers: dict[str, dict[str, Any]]) -> None:
    """Lay down answers in the order given, a second apart; a `first` that is not stated is the value."""
    path = document_path(module)
    path.parent.mkdir(parents=True, exist_ok=True)
    given = {
        name: {"saved": at(second), **({"first": one["value"], "checks": 1} if "value" in one else {}), **one}
        for second, (name, one) in enumerate(answers.items(), 1)
    }
    path.write_text(json.dumps({"schema": 3, "module": module, "answers": given}), encoding="utf-8")
