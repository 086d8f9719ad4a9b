"""How long the map of progress takes for a finished course, beside reading every key with Python's own TOML reader alone.

Each run is a new process, as a cell in a fresh kernel would be, with the package's lesson module already imported.
Run: python benchmarks/progress.py
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNS = 15
SHOW = """
import json, sys, time, dateline.lesson
from dateline.learner.course_map import map_shown
times = []
for _ in range(2):
    start = time.perf_counter()
    map_shown("alone")
    times.append(1000 * (time.perf_counter() - start))
print(json.dumps(times))
"""
READ = """
import time, tomllib, pathlib, json
start = time.perf_counter()
for folder in ("exercises", "solutions"):
    for path in pathlib.Path(folder).glob("*.toml"):
        tomllib.loads(path.read_text(encoding="utf-8"))
print(json.dumps([1000 * (time.perf_counter() - start)]))
"""


def finish(folder: str) -> int:
    """Answer every question of the course, as its cards would, and hand the tests in; returns how many answers there are."""
    os.environ["DATELINE_ANSWERS"] = folder
    sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]
    from learners import do

    from dateline.learner.before_and_after import hand_in
    from dateline.learner.record import stems, taken

    for stem in stems():
        do(stem.lesson.lesson)
    for form in "ABC":
        hand_in(form)
    return len(taken())


def run(code: str) -> list[float]:
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    found: list[float] = json.loads(done.stdout)
    return found


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        count = finish(folder)
        shown = [run(SHOW) for _ in range(RUNS)]
        read = [run(READ)[0] for _ in range(RUNS)]
    print(f"{count} answers, {len(list(Path(ROOT / 'exercises').glob('*.toml')))} lessons, medians of {RUNS} runs, ms")
    print(f"map of progress, first time in a kernel   {statistics.median(first for first, _ in shown):6.1f}")
    print(f"map of progress, again                    {statistics.median(again for _, again in shown):6.1f}")
    print(f"tomllib over all questions and keys       {statistics.median(read):6.1f}")


if __name__ == "__main__":
    main()
