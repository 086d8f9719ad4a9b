"""Two marked texts beside each other: what one adds, drops and changes; and two sets of marks on one text: how far they agree."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from dateline.texts.marks import Annotated
from dateline.texts.text import Text

ALIKE = 0.35
"""Share of their words that two sentences have in common at least, if they are to be one sentence in two reports."""
SAME = 0.999
HALF = 0.5


class Side(NamedTuple):
    """A sentence of each report, empty where there is none, and the words that only one of them has."""

    how: str
    left: tuple[str, str]
    right: tuple[str, str]
    dropped: tuple[str, ...]
    added: tuple[str, ...]


def side_by_side(left: Text, right: Text) -> list[Side]:
    """Each sentence of `left` with the one of `right` that is most like it, then those of `right` that have none, in their order.

    `how` is same, changed, dropped (only on the left) or added (only on the right).
    """
    a = [(sentence.at, sentence.words) for sentence in left.sentences]
    b = [(sentence.at, sentence.words) for sentence in right.sentences]
    likeness = sorted(((_alike(one[1], other[1]), -abs(i - j), i, j) for i, one in enumerate(a) for j, other in enumerate(b)), reverse=True)
    pairs: dict[int, int] = {}
    for value, _, i, j in likeness:
        if value >= ALIKE and i not in pairs and j not in pairs.values():
            pairs[i] = j
    rows: list[tuple[float, Side]] = []
    for i, one in enumerate(a):
        if i in pairs:
            other = b[pairs[i]]
            dropped, added = _different(one[1], other[1])
            rows.append((pairs[i], Side("changed" if dropped or added else "same", one, other, dropped, added)))
        else:
            near = max((pairs[k] for k in pairs if k < i), default=-1)
            rows.append((near + 0.5, Side("dropped", one, ("", ""), (one[1],), ())))
    rows += [(j, Side("added", ("", ""), other, (), (other[1],))) for j, other in enumerate(b) if j not in pairs.values()]
    return [side for _, side in sorted(rows, key=lambda row: row[0])]


def _words(words: str) -> list[str]:
    return re.findall(r"[\w’'-]+|[^\w\s]", words)


def _alike(one: str, other: str) -> float:
    """Words in common as a share of the words of both."""
    a, b = ({word.lower() for word in _words(words) if len(word) > 3 or word[0].isdigit()} for words in (one, other))
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else float(one == other)


def _different(one: str, other: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    a, b = _words(one), _words(other)
    dropped, added = [], []
    for what, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if what in ("delete", "replace"):
            dropped.append(" ".join(a[i:j]))
        if what in ("insert", "replace"):
            added.append(" ".join(b[k:m]))
    return tuple(filter(None, dropped)), tuple(filter(None, added))


class Agreement(NamedTuple):
    """How two people, or a person and the draft, agree on one kind: marks of each, marks of both, and twice both over all (F1)."""

    label: str
    left: int
    right: int
    both: int

    @property
    def share(self) -> float | None:
        """Agreement from 0 to 1; nothing where neither marked anything."""
        return 2 * self.both / (self.left + self.right) if self.left + self.right else None


def agreement(text: Text, left: Sequence[Annotated], right: Sequence[Annotated]) -> list[Agreement]:
    """Agreement by label. Two marks are one if they have the label, stand in one sentence, and overlap by half."""
    labels = dict.fromkeys(mark.label for mark in [*left, *right])
    found = []
    for label in labels:
        a, b = _spans(text, left, label), _spans(text, right, label)
        free = list(b)
        both = 0
        for one in a:
            match = max(free, key=lambda other: _overlap(one, other), default=None)
            if match is not None and _overlap(one, match) >= HALF:
                free.remove(match)
                both += 1
        found.append(Agreement(label, len(a), len(b), both))
    return found


def _spans(text: Text, marks: Iterable[Annotated], label: str) -> list[tuple[str, int, int]]:
    spans = []
    for mark in marks:
        if mark.label == label and mark.state != "out" and mark.words:
            span = text.find(mark.at, mark.words, mark.nth)
            spans.append((span.at, span.start, span.end))
    return sorted(set(spans))


def _overlap(one: tuple[str, int, int], other: tuple[str, int, int]) -> float:
    if one[0] != other[0]:
        return 0.0
    both = min(one[2], other[2]) - max(one[1], other[1])
    return max(0, both) / (max(one[2], other[2]) - min(one[1], other[1]))
