"""The printed form of a question: for paper, GitHub, exported pages, and a notebook that has not been run."""

from collections.abc import Callable
from html import escape
from typing import Any

from dateline.html import table_html
from dateline.kinds import invalid
from dateline.kinds.questions import AnyQuestion
from dateline.kinds.view import View, view

BOX, CROSSED = "☐", "☒"
BLANK = "_" * 12


def printed_html(question: AnyQuestion, answer: Any = None, confidence: int | None = None) -> str:
    """The whole question as plain HTML, with the learner's answer filled in if it has the right form, and no key."""
    spec = view(question)
    filled = None if answer is None or invalid(question, answer) else answer
    parts = [
        f"<p><strong>{_lines(spec['prompt'])}</strong></p>",
        passage_html(spec["passage"]) if spec["passage"] else "",
        FORMS[spec["kind"]](spec, filled),
        _sure(spec, confidence),
        f"<p><small>Exercise <code>{spec['id']}</code>. To answer on screen, run this cell (Shift+Enter).</small></p>",
    ]
    return f'<section class="dateline-printed" aria-label="Exercise {spec["id"]}">\n' + "\n".join(filter(None, parts)) + "\n</section>"


def printed_plain(question: AnyQuestion) -> str:
    """The prompt and the passage as plain text, for a reader that shows no HTML."""
    spec = view(question)
    return "\n".join(filter(None, [spec["prompt"], passage_plain(spec["passage"]), f"Exercise {spec['id']}."]))


def passage_html(lines: list[dict[str, str]]) -> str:
    """Sentences set as a text, each after its address; headings as bold lines."""
    paragraphs: dict[str, list[str]] = {}
    for line in lines:
        words = escape(line["words"])
        shown = f"<strong>{words}</strong>" if line["at"].startswith("H") else words
        paragraphs.setdefault(line["at"].split(".")[0], []).append(f"{_at(line['at'])} {shown}")
    inside = "\n".join(f"<p>{'<br>'.join(group)}</p>" for group in paragraphs.values())
    return f'<blockquote style="font-family: Charter, Georgia, serif; max-width: 42rem; line-height: 1.6">\n{inside}\n</blockquote>'


def passage_plain(lines: list[dict[str, str]]) -> str:
    """Sentences as plain text, each after its address."""
    return "\n".join(f"{line['at']}  {line['words']}" for line in lines)


def _choose(spec: View, answer: Any) -> str:
    return _boxes(spec["choices"], lambda name: name == answer)


def _choose_many(spec: View, answer: Any) -> str:
    none = f"<p>{_box(answer == [])} None of these.</p>"
    return _boxes(spec["choices"], lambda name: name in (answer or [])) + none


def _cells(spec: View, answer: Any) -> str:
    picked = answer or {}
    head = ["", *(choice["text"] for choice in spec["choices"])]
    rows = [
        [
            f"{row['at']} {row['words']}".strip(),
            *(_box((row["given"] or picked.get(row["id"])) == choice["id"]) for choice in spec["choices"]),
        ]
        for row in spec["rows"]
    ]
    return table_html(head, rows)


def _grid(spec: View, answer: Any) -> str:
    rows = {row["id"]: row for row in spec["rows"]}
    head = ["", *(column["text"] for column in spec["columns"])]
    body = [
        [item["text"], *(_filled(rows[f"{item['id']}/{column['id']}"], answer) for column in spec["columns"])] for item in spec["items"]
    ]
    first = spec["items"][0]["id"]
    legend = [_legend(column["text"], rows[f"{first}/{column['id']}"]["choices"]) for column in spec["columns"]]
    later = [f"{item['text']} {item['reveal']}" for item in spec["items"] if item["reveal"]]
    hidden = ["<p>When the first column is filled in, read on here:<br>" + "<br>".join(map(escape, later)) + "</p>"] if later else []
    return "\n".join([table_html(head, body), *legend, *hidden])


def _legend(name: str, choices: list[dict[str, str]]) -> str:
    return f"<p><small>{escape(name)}: {escape('; '.join(choice['text'] for choice in choices))}.</small></p>"


def _filled(row: Any, answer: Any) -> str:
    chosen = row["given"] or (answer or {}).get(row["id"])
    return next((choice["text"] for choice in row["choices"] if choice["id"] == chosen), BLANK)


def _mark(spec: View, answer: Any) -> str:
    labels = "; ".join(f"{choice['letter']} {choice['text']}".strip() for choice in spec["choices"])
    lines = [{"at": sentence["at"], "words": " ".join(word for _, _, word in sentence["words"])} for sentence in spec["sentences"]]
    marked = [f"{mark['at']} {mark['start']}–{mark['end']}: {mark['label']}" for mark in answer or []]
    found = f"<p>Marked: {escape('; '.join(marked))}</p>" if marked else "<p>☐ Nothing to mark.</p>"
    return f"{passage_html(lines)}\n<p>Underline the words and write the letter of a label beside each: {escape(labels)}.</p>\n{found}"


def _order(spec: View, answer: Any) -> str:
    place = {item: str(number) for number, item in enumerate(answer or [], 1)}
    rows = [[item["text"], place.get(item["id"], "____")] for item in spec["items"]]
    return table_html(["", f"place (1 = {spec['ends'][0]}, {len(rows)} = {spec['ends'][1]})"], rows)


def _number(spec: View, answer: Any) -> str:
    shown = BLANK if answer is None else f"{answer:g}"
    return f"<p>{shown} {escape(spec['unit'])} (from {spec['bounds'][0]:g} to {spec['bounds'][1]:g})</p>"


def _range(spec: View, answer: Any) -> str:
    low, high = answer or (None, None)
    shown = f"from {BLANK} to {BLANK}" if low is None else f"from {low:g} to {high:g}"
    return f"<p>{shown} {escape(spec['unit'])} (between {spec['bounds'][0]:g} and {spec['bounds'][1]:g})</p>"


def _when(spec: View, answer: Any) -> str:
    zones = f", time with offset ({', '.join(spec['offsets'])})" if spec["offsets"] else ""
    rows = [[item["text"], (answer or {}).get(item["id"], BLANK)] for item in spec["items"]]
    return table_html(["", f"date{zones}, or “not stated”"], rows)


def _chain(spec: View, answer: Any) -> str:
    names = {item["id"]: item["text"] for item in spec["items"]}
    steps = [[names[s["to"]], names[s["from"]], "inferred" if s["inferred"] else "shown"] for s in answer or []]
    listed = escape("; ".join(names.values()))
    blank = [[BLANK, BLANK, "☐ shown ☐ inferred"] for _ in names if not steps]
    return f"<p>In this chain: {listed}.</p>\n" + table_html(["who", "got it from", "how we know"], steps + blank)


def _desk(spec: View, answer: Any) -> str:
    opened = (answer or {}).get("opened", [])
    sure = [f"<p>{words}: {_percent(answer, name)}</p>" for name, words in (("before", "Before a card is opened"), ("after", "At the end"))]
    rows = [[_box(item["id"] in opened), item["who"], item["date"], item["title"]] for item in spec["items"]]
    cards = [f"<p><strong>{escape(item['title'])}</strong><br>{escape(item['inside'])}</p>" for item in spec["items"]]
    asked = f"<p>Cross out up to {spec['budget']} cards, then read those alone; what they say stands below.</p>"
    return "\n".join(
        [
            sure[0],
            asked,
            table_html(["open", "who", "when", "what"], rows),
            sure[1],
            "<details><summary>What the cards say</summary>",
            *cards,
            "</details>",
        ]
    )


def _percent(answer: Any, name: str) -> str:
    value = (answer or {}).get(name)
    return f"{BLANK} %" if value is None else f"{value:g} %"


def _write(spec: View, answer: Any) -> str:
    return f"<blockquote>{_lines(answer)}</blockquote>" if answer else "".join(f"<p>{'_' * 68}</p>" for _ in range(spec["lines"]))


FORMS: dict[str, Callable[[View, Any], str]] = {
    "choose": _choose,
    "choose-many": _choose_many,
    "tag": _cells,
    "match": _cells,
    "ladder": _cells,
    "grid": _grid,
    "mark": _mark,
    "order": _order,
    "number": _number,
    "range": _range,
    "when": _when,
    "chain": _chain,
    "desk": _desk,
    "write": _write,
}


def _sure(spec: View, confidence: int | None) -> str:
    if not spec["confidence"]:
        return ""
    options = " ".join(f"{_box(confidence == percent)} {word} ({percent} %)" for percent, word in spec["confidence"])
    return f"<p>How sure are you that your answer is right? {options}</p>"


def _boxes(choices: list[dict[str, str]], crossed: Callable[[str], bool]) -> str:
    return "<p>" + "<br>\n".join(f"{_box(crossed(choice['id']))} {escape(choice['text'])}" for choice in choices) + "</p>"


def _box(crossed: bool) -> str:
    return CROSSED if crossed else BOX


def _at(address: str) -> str:
    return f"<small><code>{address}</code></small>"


def _lines(words: str) -> str:
    return escape(words).replace("\n", "<br>\n")
