"""A class graded whole: reading, matching, grading, a page of verdicts for each, all tables; then the report. Seconds, CPU and memory.

    python benchmarks/classes.py 2000 20000

makes so many full papers (an answer to every question with a key, half of them at random on average), as learners export them, in a zip
as Canvas makes it, and prints a line for each step. The memory is the most that the first process took.
"""

import json
import random
import resource
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from classes import paper

from dateline.answers.document import decode_hand_in, encode
from dateline.classroom.errands import Order, run_class_page, run_grade
from dateline.learner.record import stems

DIFFERENT = 4_000
"""Papers that are made; in a larger class each is handed in more than once, with another time."""


def hand_in(place: Path, count: int) -> int:
    """Write a zip of papers; returns the bytes of one on average."""
    luck, lessons = random.Random(4), stems()
    made: list[bytes] = []
    size = 0
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for number in range(count):
            if number < DIFFERENT:
                made.append(encode(decode_hand_in(json.dumps(paper(luck.random(), luck, lessons)).encode())))
            when = f"{10 + number // 3600 % 13}:{number // 60 % 60:02d}:{number % 60:02d}.000Z"
            raw = made[number % DIFFERENT].replace(b"10:00:00.000Z", when.encode())
            packed.writestr(f"learner{number:06d}_{100_000 + number}_{900_000 + number}_my-answers.json", raw)
            size += len(raw)
    return size // count


def seconds() -> float:
    """CPU seconds of this process and of those that it started and that have ended."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def peak() -> str:
    """Most memory of this process."""
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"


def timed(count: int, what: str, run: Callable[[], str]) -> None:
    """Print what one step took."""
    wall, used = time.perf_counter(), seconds()
    run()
    wall, used = time.perf_counter() - wall, seconds() - used
    print(f"{count:7,}  {what:17}  {wall:7.1f} s  {1000 * used / count:6.2f} ms of CPU each  {peak()}", flush=True)


def main() -> None:
    """Grade classes of the sizes that are named."""
    for count in map(int, sys.argv[1:] or ["2000"]):
        with tempfile.TemporaryDirectory() as folder:
            place, out = Path(folder) / "class.zip", Path(folder) / "out"
            with ProcessPoolExecutor(1) as pool:  # what is made takes memory, which is not to be counted
                print(f"{count:7,} papers of {pool.submit(hand_in, place, count).result():,} bytes", flush=True)
            order = Order(place, out)
            timed(count, "grade with pages", partial(run_grade, order))
            timed(count, "the same again", partial(run_grade, order))
            timed(count, "report", partial(run_class_page, out, False))
            print(f"{count:7,}  results.sqlite  {(out / 'results.sqlite').stat().st_size // count:,} bytes each", flush=True)


if __name__ == "__main__":
    main()
