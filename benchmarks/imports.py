"""How long a lesson's first line takes, beside what any widget notebook has to import."""

import os
import statistics
import subprocess
import sys
import tempfile
import time

LINES = {
    "import ipywidgets, anywidget": "import ipywidgets, anywidget",
    "import dateline.lesson": "import dateline.lesson",
    "nothing (Python's own start)": "pass",
}
RUNS = 15


def seconds(line: str, compiled: str) -> float:
    """How long a line takes in a new process. What it imports is kept compiled in a folder, as everywhere but on the first start."""
    around = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", line], check=True, env={**around, "PYTHONPYCACHEPREFIX": compiled})
    return time.perf_counter() - start


def main() -> None:
    """Print the median seconds of each line, the runs interleaved."""
    runs: dict[str, list[float]] = {name: [] for name in LINES}
    with tempfile.TemporaryDirectory() as compiled:
        for line in LINES.values():
            seconds(line, compiled)
        for _ in range(RUNS):
            for name, line in LINES.items():
                runs[name].append(seconds(line, compiled))
    medians = {name: statistics.median(found) for name, found in runs.items()}
    for name, median in medians.items():
        print(f"{name:32} {median * 1000:6.0f} ms")
    base = medians["import ipywidgets, anywidget"]
    print(f"{'ratio':32} {medians['import dateline.lesson'] / base:6.2f}")


if __name__ == "__main__":
    main()
