"""What the one command adds to JupyterLab's own start, once everything is installed."""

import statistics
import subprocess
import sys
import time
from pathlib import Path

RUNS = 9
ROOT = Path(__file__).parents[1]
LINES = {"python3 course.py --help": ["course.py", "--help"], "python3 -c pass": ["-c", "pass"]}


def main() -> None:
    """Print the median seconds of each, the runs interleaved."""
    runs: dict[str, list[float]] = {name: [] for name in LINES}
    for _ in range(RUNS):
        for name, line in LINES.items():
            start = time.perf_counter()
            subprocess.run([sys.executable, *line], cwd=ROOT, check=True, capture_output=True)
            runs[name].append(time.perf_counter() - start)
    for name, found in runs.items():
        print(f"{name:28} {statistics.median(found) * 1000:6.0f} ms")


if __name__ == "__main__":
    main()
