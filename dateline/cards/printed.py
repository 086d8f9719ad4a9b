"""The printed form of a question: for paper, GitHub, exported pages, and a notebook that has not been run."""

from html import escape
from typing import Any

from dateline.cards.view import View, chosen, view
from dateline.questions import AnyQuestion, Write
from dateline.showing import table_html

BOX, CROSSED = "☐", "☒"


def printed_html(question: AnyQuestion, answer: Any = None, confidence: int | None = None) -> str:
    """The whole question as plain HTML, with the learner's answer crossed if there is one, and no key."""
    spec = view(question)
    parts = [
        f"<p><strong>{_lines(spec['prompt'])}</strong></p>",
        _passage(spec["passage"]),
        _controls(question, spec, answer),
        _sure(spec, confidence),
        f"<p><small>Exercise <code>{spec['id']}</code>. To answer on screen, run this cell (Shift+Enter).</small></p>",
    ]
    return f'<section class="dateline-printed" aria-label="Exercise {spec["id"]}">\n' + "\n".join(filter(None, parts)) + "\n</section>"


def passage_html(lines: list[dict[str, str]]) -> str:
    """Sentences set as a text, each after its address; headings as bold lines."""
    paragraphs: dict[str, list[str]] = {}
    for line in lines:
        group = line["at"].split(".")[0]
        words = escape(line["words"])
        shown = f"<strong>{words}</strong>" if line["at"].startswith("H") else words
        paragraphs.setdefault(group, []).append(f"<small><code>{line['at']}</code></small> {shown}")
    inside = "\n".join(f"<p>{'<br>'.join(group)}</p>" for group in paragraphs.values())
    return f'<blockquote style="font-family: Charter, Georgia, serif; max-width: 42rem; line-height: 1.6">\n{inside}\n</blockquote>'


def passage_plain(lines: list[dict[str, str]]) -> str:
    """Sentences as plain text, each after its address."""
    return "\n".join(f"{line['at']}  {line['words']}" for line in lines)


def printed_plain(question: AnyQuestion, answer: Any = None) -> str:
    """The whole question as plain text."""
    spec = view(question)
    lines = [spec["prompt"], passage_plain(spec["passage"])]
    for row in spec["rows"]:
        picked = chosen(question, answer, row["id"])
        lines += [f"{row['id']}  {row['words']}".strip()]
        lines += [f"  {_box(picked == choice['id'])} {choice['text']}" for choice in spec["choices"]]
    if isinstance(question, Write):
        lines += [answer if isinstance(answer, str) and answer else "_" * 60]
    return "\n".join(filter(None, lines))


def _passage(lines: list[dict[str, str]]) -> str:
    return passage_html(lines) if lines else ""


def _controls(question: AnyQuestion, spec: View, answer: Any) -> str:
    if isinstance(question, Write):
        if isinstance(answer, str) and answer:
            return f"<blockquote>{_lines(answer)}</blockquote>"
        return "".join(f"<p>{'_' * 68}</p>" for _ in range(spec["lines"]))
    if spec["kind"] == "choose":
        picked = chosen(question, answer, "")
        lines = "<br>\n".join(f"{_box(picked == choice['id'])} {escape(choice['text'])}" for choice in spec["choices"])
        return f"<p>{lines}</p>"
    return _table(question, spec, answer)


def _table(question: AnyQuestion, spec: View, answer: Any) -> str:
    head = ["sentence", *(choice["text"] for choice in spec["choices"])]
    rows = [
        [f"{row['id']} {row['words']}", *(_box(chosen(question, answer, row["id"]) == choice["id"]) for choice in spec["choices"])]
        for row in spec["rows"]
    ]
    return table_html(head, rows)


def _sure(spec: View, confidence: int | None) -> str:
    if not spec["confidence"]:
        return ""
    options = " ".join(f"{_box(confidence == percent)} {word} ({percent} %)" for percent, word in spec["confidence"])
    return f"<p>How sure are you that your answer is right? {options}</p>"


def _box(crossed: bool) -> str:
    return CROSSED if crossed else BOX


def _lines(words: str) -> str:
    return escape(words).replace("\n", "<br>\n")
