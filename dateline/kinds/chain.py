"""A chain of who got it from whom: typed-edge F1, the type being whether a step is shown or inferred."""

from typing import Any

from dateline.kinds.questions import Chain, ChainKey, Edge
from dateline.kinds.results import Mark, Note, Result, short, sign_of, status_of

MOST = 60
"""Steps in one answer."""


def invalid(question: Chain, answer: Any) -> str:
    """What is wrong with the form of an answer."""
    items = [item.id for item in question.items]
    form = f'{{"from": "{items[0]}", "to": "{items[1]}", "inferred": false}}'
    if not isinstance(answer, list) or len(answer) > MOST:
        return f"Write a list of steps such as {form}"
    seen = set()
    for step in answer:
        if not isinstance(step, dict) or set(step) != {"from", "to", "inferred"} or not isinstance(step["inferred"], bool):
            return f"A step is written {form}"
        for end in (step["from"], step["to"]):
            if not isinstance(end, str) or end not in items:
                return f"{short(end)} is not in this chain; it has {', '.join(items)}"
        if step["from"] == step["to"]:
            return f"{step['to']} cannot have it from itself"
        if (step["from"], step["to"]) in seen:
            return f"The step from {step['from']} to {step['to']} is there twice; take one away"
        seen.add((step["from"], step["to"]))
    return ""


def grade(_: Chain, key: ChainKey, answer: list[dict[str, Any]]) -> Result:
    """F1 = 2 x credit / (steps given + steps in the key); a step of the wrong type earns half."""
    wanted = {(edge.source, edge.to): edge for edge in key.edge}
    given = {(step["from"], step["to"]): step for step in answer}
    marks = tuple(Mark(f"{ends[0]}>{ends[1]}", step, _credit(wanted.get(ends), step["inferred"])) for ends, step in given.items())
    missed = tuple(Mark(f"{ends[0]}>{ends[1]}", None, 0.0) for ends in wanted if ends not in given)
    points = 2 * sum(mark.credit for mark in marks) / (len(given) + len(wanted))
    return Result(status_of(points), points, marks + missed)


def _credit(edge: Edge | None, inferred: bool) -> float:
    if edge is None:
        return 0.0
    return 1.0 if edge.step == "either" or (edge.step == "inferred") == inferred else 0.5


def notes(question: Chain, key: ChainKey, result: Result) -> tuple[Note, ...]:
    """The reason for each step given; of steps that are missing only how many."""
    names = {item.id: item.text for item in question.items}
    edges = {f"{edge.source}>{edge.to}": edge for edge in key.edge}
    said = []
    for mark in result.marks:
        if mark.chosen is None:
            continue
        edge = edges.get(mark.item)
        step = f"{names[mark.chosen['from']]} → {names[mark.chosen['to']]}{', inferred' if mark.chosen['inferred'] else ''}"
        said.append(Note("", sign_of(mark.credit), step, edge.why if edge else key.wrong[mark.chosen["from"]]))
    missing = sum(mark.chosen is None for mark in result.marks)
    if missing:
        said.append(Note("", "none", "", f"{missing} more {'step is' if missing == 1 else 'steps are'} needed to reach the reader."))
    return tuple(said)


def solved(_: Chain, key: ChainKey) -> Any:
    """Every step, with its type."""
    return [{"from": edge.source, "to": edge.to, "inferred": edge.step == "inferred"} for edge in key.edge]
