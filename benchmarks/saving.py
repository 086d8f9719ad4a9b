"""What one saved answer costs, with and without waiting for the disk, and how much JavaScript a notebook's cards send."""

import os
import statistics
import tempfile
import time
from pathlib import Path

from dateline.answers.store import save_answer
from dateline.cards.code import HERE, source, style

RUNS = 300


def times() -> list[float]:
    """Milliseconds of each save, with ten answers already in the document."""
    taken = []
    for number in range(RUNS):
        start = time.perf_counter()
        save_answer("1", f"question-{number % 10}", value={"p4.s2": "leader"}, confidence=70)
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def report(name: str, taken: list[float]) -> None:
    ordered = sorted(taken)
    print(f"{name:34} median {statistics.median(taken):6.2f} ms   99th percentile {ordered[int(len(ordered) * 0.99) - 1]:6.2f} ms")


def main() -> None:
    """Print medians and 99th percentiles, and the bytes of the cards' code."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        os.environ["DATELINE_ANSWERS"] = folder
        report("save, on disk before it returns", times())
        real, os.fsync = os.fsync, lambda _: None  # type: ignore[assignment]
        report("the same without fsync", times())
        os.fsync = real
    shim = len((HERE / "shim.js").read_bytes())
    print(f"JavaScript for a notebook: {len(source().encode()):,} bytes once, and {shim:,} for each card")
    print(f"style sheet: {len(style().encode()):,} bytes once")


if __name__ == "__main__":
    main()
