"""A new text into the course: one sentence on each line, a draft of its marks, and a workbench on it. A teacher corrects the draft."""

import contextlib
import datetime
import json
import re
from pathlib import Path
from typing import Any

import msgspec
import nbformat

from dateline.authoring.notebooks import KERNEL, fresh
from dateline.authoring.shipped import write_shipped
from dateline.bank import exercise_files, load_stem
from dateline.faults import decode_utf8, fail
from dateline.folders import course_folder, named
from dateline.texts.draft import LAYERS, draft
from dateline.texts.sentences import as_course_text
from dateline.texts.text import Text, read_text

LARGEST = 100_000
"""Bytes of a text that is taken in; about forty printed pages."""
LABELS = (
    ("attribution", "attribution: hands it to a source", "A"),
    ("evidential", "how it is known, with nobody named", "E"),
    ("likelihood", "how sure somebody is", "L"),
    ("stance", "a verb that takes a stance", "S"),
    ("gap", "claims more than its writer could know", "G"),
)
TOOLS = (
    (
        "chain",
        "Chain",
        "sourcing",
        "From whom has each outlet in the text the news? Write one step on a line, and say which steps you infer.",
    ),
    (
        "clocks",
        "Clocks",
        "context",
        "Write down each event, each report of it and the page itself, with day, hour and clock, or “not stated”.",
    ),
    ("matrix", "Reactions", "reactions", "Who reacted, on which day, in which words? Who was looked for and not found, and by when?"),
    (
        "brief",
        "Brief",
        "sourcing",
        "Write about 250 words: what happened, who says so, how sure you are, what is not known, and what would change your mind.",
    ),
)


class Made(msgspec.Struct, frozen=True):
    """What was written: the files, and how many sentences and marks there are."""

    files: tuple[Path, ...]
    sentences: int
    marks: int
    notebook: Path


def take_in(file: Path, name: str = "", title: str = "", published: datetime.date | None = None) -> Made:
    """Write the text, its draft annotation, its questions and its notebook. What raises `CourseError` or `OSError` leaves nothing."""
    plain = _read(file)
    wanted = name or re.sub(r"[^a-z0-9]+", "-", file.stem.lower()).strip("-") or "text"
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", wanted):
        raise fail(
            named(file), 1, f"{wanted!r} cannot be the name of a text", "Use small letters, figures and hyphens: --name river-report"
        )
    root = course_folder()
    number, stem = _place(wanted)
    paths = [
        root / "data" / "texts" / f"{wanted}.txt",
        root / "data" / "annotations" / f"{wanted}.toml",
        root / "exercises" / f"{stem}.toml",
        root / "notebooks" / f"{stem}.ipynb",
    ]
    taken = next((path for path in paths if path.exists()), None)
    if taken:
        raise fail(named(taken), 1, f"there is a text {wanted!r} already", "Choose another name: --name river-report-2")
    body = as_course_text(plain)
    heading = title or body.split("\n", 1)[0].lstrip("# ") or wanted
    header = _header(wanted, heading[:120], published or datetime.date.today(), file.name)
    text = read_text((header + body).encode(), named(paths[0]))
    annotation, marks = _annotation(text)
    contents = [header + body, annotation, _questions(text, number)]
    try:
        for path, content in zip(paths, [*contents, nbformat.writes(_notebook(text))], strict=True):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8", newline="\n")
        paths[3].write_text(fresh(paths[3]), encoding="utf-8", newline="\n")
    except BaseException:
        for path in paths:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
        raise
    write_shipped([paths[3]])
    return Made(tuple(paths), len(text.sentences), marks, paths[3])


def _read(file: Path) -> str:
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise fail(str(file), 1, f"the file cannot be read ({error.strerror})", "Check the name, and that you may read it") from None
    if len(raw) > LARGEST:
        raise fail(str(file), 1, f"the file has {len(raw):,} bytes", f"Cut it to {LARGEST:,}: a workbench holds one article") from None
    plain = decode_utf8(raw, str(file))
    if not plain.strip():
        raise fail(str(file), 1, "the file is empty", "Put the text into it, headline first")
    return plain


def _place(name: str) -> tuple[str, str]:
    """The number of the new lesson and the name that its files share: after everything that is there."""
    used = {load_stem(path).lesson.lesson for path in exercise_files()}
    number = next(count for count in range(1, 1000) if f"9.{count}" not in used)
    return f"9.{number}", f"9{number:02d}-{name}"


def _header(name: str, title: str, published: datetime.date, file: str) -> str:
    lines = [
        f"id = {_quoted(name)}",
        f"title = {_quoted(title)}",
        f"published = {published}",
        f"provenance = {_quoted(f'Taken in from {file}. Write here where it was published, when it was seen, and by whom.')}",
        'rights = "Not known. Ask before you hand it out or publish it."',
    ]
    return "+++\n" + "\n".join(lines) + "\n+++\n"


def _annotation(text: Text) -> tuple[str, int]:
    parts = ["# A draft, made by the rules of data/cues.toml. Correct it: take away what is wrong, and add what the rules cannot see."]
    parts.append(f"text = {_quoted(text.id)}\n")
    count = 0
    for sentence in text.sentences:
        for mark in draft(sentence.words):
            words = sentence.words[mark.start : mark.end]
            starts = [found.start() for found in re.finditer(f"(?={re.escape(words)})", sentence.words)]
            nth = f"nth = {starts.index(mark.start) + 1}\n" if len(starts) > 1 else ""
            count += 1
            layer = LAYERS.get(mark.kind, mark.kind)
            parts.append(
                f"[[mark]]\nlayer = {_quoted(layer)}\nat = {_quoted(sentence.at)}\nlabel = {_quoted(mark.kind)}\n"
                f"words = {_quoted(words)}\n{nth}note = {_quoted(f'rule {mark.rule}: {mark.why}')}\n"
            )
    return "\n".join(parts if count else [*parts, "mark = []\n"]), count


def _questions(text: Text, number: str) -> str:
    show = [sentence.at for sentence in text.sentences if not sentence.at.startswith("HD")]
    labels = "".join(
        f"    {{ id = {_quoted(one)}, text = {_quoted(words)}, letter = {_quoted(letter)} }},\n" for one, words, letter in LABELS
    )
    asked = [
        f"lesson = {_quoted(number)}\ntitle = {_quoted(f'Workbench: {text.header.title}')}\nminutes = 60\n",
        _question(
            text, "tags", "mark", "Mark", "language", "Mark who says so, how it is known, how sure somebody is, and what nobody could know."
        )
        + f"show = {json.dumps(show)}\nchoices = [\n{labels}]\n"
        + 'hints = ["Go sentence by sentence.", "A named source, an unnamed one, a degree of sureness and a bare claim are four things.", '
        + '"In “The well is rumoured to be deep” nobody is named."]\n',
    ]
    rows = {"brief": 14}
    asked += [
        _question(text, name, "write", title, theme, prompt) + f"rows = {rows.get(name, 6)}\n" for name, title, theme, prompt in TOOLS
    ]
    return "\n".join(asked)


def _question(text: Text, name: str, kind: str, title: str, theme: str, prompt: str) -> str:
    skill = {"chain": "chain", "clocks": "clocks", "matrix": "matrix"}.get(name, name)
    return (
        f'[[question]]\nid = {_quoted(f"{text.id}-{name}")}\nkind = "{kind}"\nbeat = "capstone"\ntheme = "{theme}"\nskill = "{skill}"\n'
        f"text = {_quoted(text.id)}\ntitle = {_quoted(title)}\nprompt = {_quoted(prompt)}\n"
    )


def _notebook(text: Text) -> Any:
    title = text.header.title.replace("$", r"\$")  # two of them would be set as a formula
    cells = [
        ("title", f"# Workbench: {title}\n\n**The question of this page:** what may be believed of it, and how firmly?\n\n"
         "**Time:** 60 minutes. **Before it:** the lessons."),
        ("import-intro", "The next cell brings in the tools of the page. Choose *Run*, then *Run All Cells*, once."),
        ("import", "from dateline.lesson import report, workbench"),
        ("bench-intro", "Under *Show marks* stands a draft of marks that rules have made. Each names its rule, and some are wrong."),
        ("bench", f'workbench("{text.id}")'),
        ("report-intro", "The next cell writes all your work on this text as one page, to read, print or hand in."),
        ("report", f'report("{text.id}")'),
    ]  # fmt: skip
    code = ("import", "bench", "report")
    plain: list[dict[str, Any]] = [
        {"id": name, "cell_type": "code" if name in code else "markdown", "metadata": {}, "source": source} for name, source in cells
    ]
    made: list[dict[str, Any]] = [
        cell | ({"outputs": [], "execution_count": None} if cell["cell_type"] == "code" else {}) for cell in plain
    ]
    return nbformat.from_dict({"cells": made, "metadata": KERNEL, "nbformat": 4, "nbformat_minor": 5})


def _quoted(words: str) -> str:
    """A TOML string; JSON writes the same escapes."""
    return json.dumps(words, ensure_ascii=False)
