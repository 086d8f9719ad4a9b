"""How often the draft's rules are right: marks and sentence ends against sentences that were annotated by hand before the rules were seen.

A drafted mark is right if a mark of the same kind by hand overlaps it by at least half (intersection over union in characters).
Splitters beside ours are measured where they are installed: pip install ".[bench]"
Run: python benchmarks/marker.py
"""

import statistics
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from dateline.texts.draft import draft  # noqa: E402
from dateline.texts.sentences import split_sentences  # noqa: E402
from dateline.texts.text import ALIKE  # noqa: E402

KINDS = ("attribution", "evidential", "epistemic", "stance", "date", "number", "quotation")
HALF = 0.5
RUNS = 9


def gold_spans(entry: dict[str, Any]) -> list[tuple[str, int, int]]:
    """The marks of a sentence that were made by hand: kind, start, end."""
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
    return both / (max(a[2], b[2]) - min(a[1], b[1])) if a[0] == b[0] and both else 0.0


def count(sentences: list[dict[str, Any]], faults: bool) -> dict[str, list[int]]:
    """For each kind: marks by hand, drafted, and both."""
    counts = {kind: [0, 0, 0] for kind in KINDS}
    for entry in sentences:
        gold = gold_spans(entry)
        made = [(mark.kind, mark.start, mark.end) for mark in draft(entry["words"])]
        for kind, *_ in gold:
            counts[kind][0] += 1
        for mark in made:
            right = any(overlap(mark, other) >= HALF for other in gold)
            counts[mark[0]][1] += 1
            counts[mark[0]][2] += right
            if faults and not right:
                print(f"  not by hand: {mark[0]:<11} {entry['words'][mark[1] : mark[2]]!r} in {entry['words']}")
        for mark in gold if faults else []:
            if not any(overlap(mark, other) >= HALF for other in made):
                print(f"  not drafted: {mark[0]:<11} {entry['words'][mark[1] : mark[2]]!r} in {entry['words']}")
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


def main() -> None:
    faults = "--faults" in sys.argv
    sentences = tomllib.loads((HERE / "marker" / "sentences.toml").read_text(encoding="utf-8"))["sentence"]
    print(f"{len(sentences)} sentences annotated by hand")
    for name, half in (("the rules were corrected on these", sentences[::2]), ("these were never looked at", sentences[1::2])):
        print(f"\n{len(half)}: {name}\nkind          by hand  drafted  precision  recall")
        for kind, (gold, made, both) in count(half, faults and half == sentences[::2]).items():
            print(f"{kind:<13} {gold:7} {made:8}    {share(both, made)}  {share(both, gold)}")
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        for entry in sentences:
            draft(entry["words"])
        times.append(time.perf_counter() - start)
    print(f"\n{len(sentences) / statistics.median(times):,.0f} sentences a second drafted, median of {RUNS}")

    parts = [part.split("\n") for part in (HERE / "marker" / "splitting.txt").read_text(encoding="utf-8").strip().split("\n\n")]
    print(f"\n{sum(map(len, parts))} sentences in {len(parts)} paragraphs\n")
    print("splitter           precision  recall  paragraphs whole  sentences a second")
    for name, split in splitters().items():
        gold_ends = [ends(part) for part in parts]
        start = time.perf_counter()
        made_ends = [ends(split(" ".join(part))) for part in parts]
        taken = time.perf_counter() - start
        both = sum(len(a & b) for a, b in zip(gold_ends, made_ends, strict=True))
        whole = sum(a == b for a, b in zip(gold_ends, made_ends, strict=True))
        made, gold = sum(map(len, made_ends)), sum(map(len, gold_ends))
        rate = sum(map(len, parts)) / taken
        print(f"{name:<18}    {share(both, made)}  {share(both, gold)}  {whole:7} of {len(parts):<5}  {rate:12,.0f}")
        if faults and name == "ours":
            for part, a, b in zip(parts, gold_ends, made_ends, strict=True):
                if a != b:
                    print("  by hand:", part, "\n  ours:   ", split(" ".join(part)))


if __name__ == "__main__":
    main()
