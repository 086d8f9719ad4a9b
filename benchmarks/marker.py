"""How often the marker is right, beside the first edition's rules in one run, on sentences annotated before the rules were seen.

Conventions stand in `benchmarks/marker/README.md`. Nobody who changes a rule looks at `held.txt`; `--faults` shows faults of the open half
alone. `--record` writes how often each construction is right on the held-out half into `data/cues.toml`, where every mark takes it from.
Splitters beside ours are measured where they are installed: pip install ".[bench]"
Run: python benchmarks/marker.py
"""

import re
import statistics
import sys
import time
import tomllib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE / "marker")]

import first  # noqa: E402
import gold  # noqa: E402

from dateline.texts.draft import draft  # noqa: E402
from dateline.texts.marker import Marked, mark_sentences  # noqa: E402
from dateline.texts.sentences import split_sentences  # noqa: E402
from dateline.texts.text import ALIKE  # noqa: E402

KINDS = ("attribution", "evidential", "epistemic", "stance", "date", "number", "quotation")
TIMES = ("date", "duration", "set")
HALF = 0.5
RUNS = 9
CUES = HERE.parent / "data" / "cues.toml"
Stretch = tuple[int, int]


class One(NamedTuple):
    """An attribution as both sides have it: cue, source and content in characters of its paragraph."""

    cue: Stretch | None
    source: Stretch | None
    content: tuple[Stretch, ...]
    construction: str


class Made(NamedTuple):
    """What a system makes of a paragraph."""

    attributions: list[One]
    marks: list[tuple[str, int, int]]


# ---- the systems -------------------------------------------------------------------------------------------------------


def ours(paragraph: gold.Paragraph) -> Made:
    found: Marked = mark_sentences(paragraph.words, [paragraph.sentences], frozenset({0} if paragraph.heading else ()))
    marks = [(hit.cue.kind, hit.start, hit.end) for hit in found.hits]
    for one in found.quotations:
        for piece in one.pieces:
            cut = [(max(start, piece.inner_start), min(end, piece.inner_end)) for start, end in paragraph.sentences]
            marks += [("quotation", start, end) for start, end in cut if start < end]
    return Made([One(one.cue, one.source, one.content, one.construction) for one in found.attributions], marks)


def first_edition(paragraph: gold.Paragraph) -> Made:
    """The first edition marks source and verb as one, and no content: what is left of the sentence stands for it."""
    attributions, marks = [], []
    for start, end in paragraph.sentences:
        sentence = paragraph.words[start:end]
        for mark in first.draft(sentence):
            span = (start + mark.start, start + mark.end)
            if mark.kind != "attribution":
                marks.append((mark.kind, *span))
                continue
            words = paragraph.words[span[0] : span[1]]
            last = re.search(r"\w+$", words)
            cue = (span[0] + last.start(), span[1]) if last else span
            source = (span[0], cue[0] - 1) if cue[0] > span[0] else None
            if words.lower().startswith(("according to", "citing", "quoting")):
                cut = 12 if words.lower().startswith("according") else words.index(" ") if " " in words else len(words)
                cue, source = (span[0], span[0] + cut), ((span[0] + cut + 1, span[1]) if span[0] + cut + 1 < span[1] else None)
            attributions.append(One(cue, source, ((start, span[0]), (span[1], end)), mark.rule))
    return Made(attributions, marks)


# ---- counting ----------------------------------------------------------------------------------------------------------


def by_hand(paragraph: gold.Paragraph) -> list[One]:
    """The attributions of a paragraph that were annotated. Content in a sentence without source and cue goes on with the one before."""
    groups: list[tuple[int, list[gold.Mark]]] = []
    for start, end in paragraph.sentences:
        here = [mark for mark in paragraph.marks if mark.number and start <= mark.start < end]
        for number in sorted({mark.number for mark in here}):
            own = [mark for mark in here if mark.number == number]
            last = next((marks for other, marks in reversed(groups) if other == number), None)
            if last is not None and all(mark.kind == "content" for mark in own):
                last.extend(own)
            else:
                groups.append((number, own))
    found = []
    for _, own in groups:
        parts = {part: [(m.start, m.end) for m in own if m.kind == part] for part in ("source", "cue", "content")}
        more = [word for mark in own for word in mark.more]
        if not parts["cue"] and len(parts["source"]) > 1:
            found += [One(None, source, (), more[0] if more else "") for source in parts["source"]]
        elif parts["cue"] or more:
            found.append(One((parts["cue"] or [None])[0], (parts["source"] or [None])[0], tuple(parts["content"]), more[0] if more else ""))
    return found


def words_in(text: str, stretches: Iterable[Stretch]) -> set[int]:
    """Where the words of these stretches begin."""
    return {found.start() + start for start, end in stretches for found in re.finditer(r"\w+", text[start:end])}


def alike(text: str, one: Iterable[Stretch], other: Iterable[Stretch]) -> float:
    """Intersection over union in words."""
    a, b = words_in(text, one), words_in(text, other)
    return len(a & b) / len(a | b) if a | b else 1.0


def pair(text: str, made: Sequence[One], hand: Sequence[One]) -> list[tuple[One | None, One | None]]:
    """Each attribution with the one by hand that it is: their cues share a word; without a cue, their sources do."""
    left = list(hand)
    pairs: list[tuple[One | None, One | None]] = []
    for one in made:
        best = max(left, key=lambda other: likeness(text, one, other), default=None)
        if best is None or likeness(text, one, best) <= 0:
            pairs.append((one, None))
        else:
            left.remove(best)
            pairs.append((one, best))
    return pairs + [(None, other) for other in left]


def likeness(text: str, one: One, other: One) -> float:
    if one.cue and other.cue:
        same = one.cue[0] < other.cue[1] and other.cue[0] < one.cue[1]
        return (1 + alike(text, [one.cue], [other.cue])) * same
    if one.cue or other.cue or not one.source or not other.source:
        return 0.0
    return alike(text, [one.source], [other.source])


class Count:
    """Made, by hand, and both."""

    def __init__(self) -> None:
        self.made = self.hand = self.both = 0

    def add(self, made: int, hand: int, both: int) -> None:
        self.made, self.hand, self.both = self.made + made, self.hand + hand, self.both + both

    def __str__(self) -> str:
        precision, recall = self.both / self.made if self.made else 0.0, self.both / self.hand if self.hand else 0.0
        f = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return f"{100 * precision:5.1f} {100 * recall:5.1f} {100 * f:5.1f}"


def is_right(text: str, one: One, hand: One) -> bool:
    """Whether source and content each overlap by half with what was marked by hand; a source that is not marked there is not judged."""
    source = not hand.source or bool(hand.source and one.source and alike(text, [one.source], [hand.source]) >= HALF)
    content = not hand.content or alike(text, one.content, hand.content) >= HALF
    return source and content


def measure(paragraphs: Sequence[gold.Paragraph], system: Callable[[gold.Paragraph], Made], faults: bool = False) -> dict[str, Any]:
    """Every figure of one system on some paragraphs."""
    cue, source, content, half, exact = Count(), Count(), Count(), Count(), Count()
    kinds = {kind: Count() for kind in ("time", "number", "quotation", "evidential", "epistemic")}
    constructions: dict[str, list[int]] = {}
    for paragraph in paragraphs:
        text = paragraph.words
        made, hand = system(paragraph), by_hand(paragraph)
        pairs = pair(text, made.attributions, hand)
        cue.add(len(made.attributions), len(hand), sum(a is not None and b is not None for a, b in pairs))
        for counted, part in ((source, "source"), (content, "content")):
            a = words_in(text, _stretches(made.attributions, part))
            b = words_in(text, _stretches(hand, part))
            counted.add(len(a), len(b), len(a & b))
        with_content = [(a, b) for a, b in pairs]
        half.add(
            sum(bool(a and a.content) for a, _ in with_content),
            sum(bool(b and b.content) for _, b in with_content),
            sum(bool(a and b and a.content and b.content and alike(text, a.content, b.content) >= HALF) for a, b in with_content),
        )
        exact.add(
            sum(bool(a and a.content) for a, _ in with_content),
            sum(bool(b and b.content) for _, b in with_content),
            sum(bool(a and b and a.content and b.content and alike(text, a.content, b.content) == 1) for a, b in with_content),
        )
        for a, b in pairs:
            if a:
                count = constructions.setdefault(a.construction, [0, 0])
                count[0] += bool(b and is_right(text, a, b))
                count[1] += 1
            if faults and not (a and b and is_right(text, a, b)):
                print(f"  {text}\n      made    {_told(text, a)}\n      by hand {_told(text, b)}")
        for kind, counted in kinds.items():
            wanted = TIMES if kind == "time" else (kind,)
            a_marks = [mark for mark in made.marks if mark[0] in wanted]
            b_marks = [(mark.kind, mark.start, mark.end) for mark in paragraph.marks if mark.kind in wanted]
            found = [mark for mark in b_marks if any(alike(text, [mark[1:]], [other[1:]]) >= HALF for other in a_marks)]
            counted.add(len(a_marks), len(b_marks), len(found))
            if faults:
                for mark in a_marks:
                    if not any(alike(text, [mark[1:]], [other[1:]]) >= HALF for other in b_marks):
                        print(f"  not by hand: {mark[0]} {text[mark[1] : mark[2]]!r} in {text}")
                for mark in b_marks:
                    if mark not in found:
                        print(f"  not made: {mark[0]} {text[mark[1] : mark[2]]!r} in {text}")
    return {
        "cue": cue,
        "source words": source,
        "content words": content,
        "content by half": half,
        "content exact": exact,
        **kinds,
        "constructions": constructions,
    }


def _stretches(ones: Iterable[One], part: str) -> list[Stretch]:
    return [span for one in ones for span in (one.content if part == "content" else [one.source] if one.source else [])]


def _told(text: str, one: One | None) -> str:
    if one is None:
        return "–"
    shown = {"source": one.source and text[slice(*one.source)], "cue": one.cue and text[slice(*one.cue)]}
    return f"{one.construction} {shown} {[text[a:b] for a, b in one.content]}"


# ---- the first annotation, and sentence ends --------------------------------------------------------------------------------


def old_gold(entry: dict[str, Any]) -> list[tuple[str, int, int]]:
    """The marks of a sentence of `sentences.toml`: kind, start, end."""
    words = entry["words"].translate(ALIKE)
    found = []
    for mark in entry.get("mark", []):
        start = -1
        for _ in range(mark.get("nth", 1)):
            start = words.index(mark["words"].translate(ALIKE), start + 1)
        found.append((mark["kind"], start, start + len(mark["words"])))
    return found


def overlap(a: tuple[str, int, int], b: tuple[str, int, int]) -> float:
    both = max(0, min(a[2], b[2]) - max(a[1], b[1]))
    same = a[0] == b[0] or {a[0], b[0]} <= {"date", "duration", "set", "number"}
    return both / (max(a[2], b[2]) - min(a[1], b[1])) if same and both else 0.0


def old_counts(
    sentences: Sequence[dict[str, Any]], marks: Callable[[str], Iterable[Any]], touch: bool, faults: bool = False
) -> dict[str, Count]:
    """For each kind of the first annotation. An attribution is found if its words touch those by hand where `touch` says so."""
    counts = {kind: Count() for kind in KINDS}
    for entry in sentences:
        hand = old_gold(entry)
        made = [("number" if mark.kind in ("duration", "set") else mark.kind, mark.start, mark.end) for mark in marks(entry["words"])]
        made = list(dict.fromkeys(made))
        for kind in KINDS:
            a, b = [m for m in made if m[0] == kind], [m for m in hand if m[0] == kind]
            least = 0.01 if touch and kind == "attribution" else HALF
            right = [m for m in a if any(overlap(m, o) >= least for o in hand)]
            found = [o for o in b if any(overlap(m, o) >= least for m in made)]
            counts[kind].add(len(a), len(b), 0)
            counts[kind].right = getattr(counts[kind], "right", 0) + len(right)  # type: ignore[attr-defined]
            counts[kind].found = getattr(counts[kind], "found", 0) + len(found)  # type: ignore[attr-defined]
            if faults:
                for m in a:
                    if m not in right:
                        print(f"  not by hand: {kind} {entry['words'][m[1] : m[2]]!r} in {entry['words']}")
                for o in b:
                    if o not in found:
                        print(f"  not drafted: {kind} {entry['words'][o[1] : o[2]]!r} in {entry['words']}")
    return counts


def share(part: int, whole: int) -> str:
    return f"{part / whole:6.2f}" if whole else "     –"


def splitters() -> dict[str, Callable[[str], list[str]]]:
    found: dict[str, Callable[[str], list[str]]] = {
        "ours": split_sentences,
        "full stops alone": lambda text: text.replace(". ", ".\n").split("\n"),
    }
    try:
        import pysbd

        found["pysbd"] = lambda text: [part.strip() for part in pysbd.Segmenter(language="en", clean=False).segment(text)]
    except ImportError:
        pass
    try:
        import sentencex

        found["sentencex"] = lambda text: [part.strip() for part in sentencex.segment("en", text)]
    except ImportError:
        pass
    return found


def ends(sentences: list[str]) -> set[int]:
    """Where sentences end, in letters that are not spaces, so that only the ends are compared."""
    total, found = 0, set()
    for sentence in sentences:
        total += len("".join(sentence.split()))
        found.add(total)
    return found - {total}


# ---- printing ------------------------------------------------------------------------------------------------------------


def record(constructions: dict[str, list[int]]) -> None:
    """Write into the lexicon how often each construction was right."""
    words = CUES.read_text(encoding="utf-8")
    for name in re.findall(r'\[\[construction\]\]\nid = "(.*?)"', words):
        right, made = constructions.get(name, [0, 0])
        words = re.sub(rf'(id = "{name}"\nwhy = .*\n)right = \d+\nmade = \d+', rf"\g<1>right = {right}\nmade = {made}", words)
    CUES.write_text(words, encoding="utf-8")


def main() -> None:
    faults = "--faults" in sys.argv
    halves = {half: gold.read(HERE / "marker" / f"{half}.txt") for half in ("open", "held")}
    for half, paragraphs in halves.items():
        print(f"\n{half}.txt: {sum(len(p.sentences) for p in paragraphs)} sentences in {len(paragraphs)} paragraphs, precision, recall, F")
        results = {name: measure(paragraphs, system) for name, system in (("first edition", first_edition), ("now", ours))}
        print(f"{'':<18}" + "".join(f"{name:>22}" for name in results))
        for line in next(iter(results.values())):
            if line != "constructions":
                print(f"{line:<18}" + "".join(f"{results[name][line]!s:>22}" for name in results))
        if half == "held":
            print("\nconstruction       right  made")
            for name, (right, made) in sorted(results["now"]["constructions"].items()):
                print(f"{name:<18} {right:5} {made:5}")
            if "--record" in sys.argv:
                record(results["now"]["constructions"])
        if faults and half == "open":
            measure(paragraphs, ours, faults=True)

    sentences = tomllib.loads((HERE / "marker" / "sentences.toml").read_text(encoding="utf-8"))["sentence"]
    for name, part in (("corrected on by the first edition", sentences[::2]), ("not looked at", sentences[1::2])):
        print(f"\nsentences.toml, {len(part)} sentences: {name}; precision and recall, first edition and now")
        results = [old_counts(part, first.draft, False), old_counts(part, draft, True, faults and part == sentences[::2])]
        for kind in KINDS:
            cells = [f"{share(c[kind].right, c[kind].made)} {share(c[kind].found, c[kind].hand)}" for c in results]  # type: ignore[attr-defined]
            print(f"{kind:<13} {cells[0]}   {cells[1]}")

    whole = halves["open"] + halves["held"]
    words = sum(len(p.words.split()) for p in whole)
    for name, system in (("first edition", first_edition), ("now", ours)):
        times = []
        for _ in range(RUNS):
            start = time.process_time()
            for paragraph in whole:
                system(paragraph)
            times.append(time.process_time() - start)
        print(f"\n{name}: {words / statistics.median(times):,.0f} words a second, median of {RUNS}")

    parts = [part.split("\n") for part in (HERE / "marker" / "splitting.txt").read_text(encoding="utf-8").strip().split("\n\n")]
    print(f"\n{sum(map(len, parts))} sentences in {len(parts)} paragraphs\n")
    print("splitter           precision  recall  paragraphs whole  sentences a second")
    for name, split in splitters().items():
        gold_ends = [ends(part) for part in parts]
        start = time.process_time()
        made_ends = [ends(split(" ".join(part))) for part in parts]
        taken = time.process_time() - start
        both = sum(len(a & b) for a, b in zip(gold_ends, made_ends, strict=True))
        whole_parts = sum(a == b for a, b in zip(gold_ends, made_ends, strict=True))
        made, hand = sum(map(len, made_ends)), sum(map(len, gold_ends))
        rate = sum(map(len, parts)) / taken
        print(f"{name:<18}    {share(both, made)}  {share(both, hand)}  {whole_parts:7} of {len(parts):<5}  {rate:12,.0f}")
        if faults and name == "ours":
            for part, a, b in zip(parts, gold_ends, made_ends, strict=True):
                if a != b:
                    print("  by hand:", part, "\n  ours:   ", split(" ".join(part)))


if __name__ == "__main__":
    main()
