"""Grading thirty submissions here, with `nbgrader autograde`, and with otter's API, on the same answers to the same three questions.

nbgrader and otter-grader are not among the course's packages. Make an environment with both and name its Python:
`.venv/bin/python benchmarks/graders.py --beside /path/to/python`.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import textwrap
import time
from pathlib import Path

import nbformat

from dateline.answers.document import Answer, Document, decode_document, encode
from dateline.bank import find_question
from dateline.kinds import grade

COUNT = 30
QUESTIONS = ("predict-quotation", "exit-yard", "whose-trials")
RIGHT = ("relayed", "outlet", "cannot-tell")
OTTER = """
import sys, time
from otter.api import grade_submission
start = time.perf_counter()
for path in sys.argv[2:]:
    grade_submission(path, ag_path=sys.argv[1], quiet=True)
print(time.perf_counter() - start)
"""


def ours() -> float:
    """Seconds for each submission: decode and grade."""
    raw = encode(Document(module="1", answers={name: Answer(value=value) for name, value in zip(QUESTIONS, RIGHT, strict=True)}))
    pairs = {name: find_question(name)[:2] for name in QUESTIONS}
    start = time.perf_counter()
    for _ in range(COUNT):
        answers = decode_document(raw, "1").answers
        points = sum(grade(*pairs[name], answers[name].value).points for name in QUESTIONS)
    assert points == len(QUESTIONS)
    return (time.perf_counter() - start) / COUNT


def beside(python: str) -> dict[str, str]:
    """An environment in which the programs that came with a Python are found; nbgrader starts one of them."""
    return {**os.environ, "PATH": os.pathsep.join([str(Path(python).parent), os.environ["PATH"]])}


def nbgrader(python: str, folder: Path) -> float:
    """Seconds for each submission with `nbgrader autograde`."""
    run = [python, "-m", "nbgrader"]
    source = folder / "source" / "ps1"
    source.mkdir(parents=True)
    cells = []
    for number, (name, value) in enumerate(zip(QUESTIONS, RIGHT, strict=True)):
        meta = {"schema_version": 3, "locked": False, "task": False}
        answer = nbformat.v4.new_code_cell(f'a{number} = "{value}"')
        answer.metadata["nbgrader"] = {**meta, "grade": False, "solution": True, "grade_id": name}
        test = nbformat.v4.new_code_cell(f'assert a{number} == "{value}"')
        test.metadata["nbgrader"] = {**meta, "grade": True, "solution": False, "points": 1, "locked": True, "grade_id": f"{name}-t"}
        cells += [answer, test]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=kernel)
    nbformat.write(notebook, source / "ps1.ipynb")
    subprocess.run([*run, "generate_assignment", "ps1"], cwd=folder, check=True, capture_output=True, env=beside(python))
    for number in range(COUNT):
        place = folder / "submitted" / f"learner{number:02}" / "ps1"
        place.mkdir(parents=True)
        nbformat.write(notebook, place / "ps1.ipynb")
    start = time.perf_counter()
    subprocess.run([*run, "autograde", "ps1"], cwd=folder, check=True, capture_output=True, env=beside(python))
    return (time.perf_counter() - start) / COUNT


def otter(python: str, folder: Path) -> float:
    """Seconds for each submission with otter's `grade_submission`."""
    cells = [nbformat.v4.new_raw_cell("# ASSIGNMENT CONFIG\nsolutions_pdf: false\nexport_cell: false\nrun_tests: false\ngenerate: true")]
    for number, value in enumerate(RIGHT):
        cells.append(nbformat.v4.new_raw_cell(f"# BEGIN QUESTION\nname: q{number}"))
        cells.append(nbformat.v4.new_raw_cell("# BEGIN SOLUTION"))
        cells.append(nbformat.v4.new_code_cell(f'a{number} = "{value}" # SOLUTION'))
        cells.append(nbformat.v4.new_raw_cell("# END SOLUTION"))
        cells.append(nbformat.v4.new_raw_cell("# BEGIN TESTS"))
        cells.append(nbformat.v4.new_code_cell(f'assert a{number} == "{value}"'))
        cells.append(nbformat.v4.new_raw_cell("# END TESTS"))
        cells.append(nbformat.v4.new_raw_cell("# END QUESTION"))
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), folder / "ps.ipynb")
    subprocess.run([python, "-m", "otter", "assign", "ps.ipynb", "dist"], cwd=folder, check=True, capture_output=True)
    zips = sorted((folder / "dist" / "autograder").glob("*.zip"))
    submission = folder / "dist" / "autograder" / "ps.ipynb"
    copies = []
    for number in range(COUNT):
        copies.append(folder / f"s{number}.ipynb")
        copies[-1].write_text(submission.read_text())
    done = subprocess.run(
        [python, "-c", textwrap.dedent(OTTER), str(zips[0]), *map(str, copies)], cwd=folder, check=True, capture_output=True, text=True
    )
    return float(done.stdout.split()[-1]) / COUNT


def main() -> None:
    """Print the seconds that each takes for one submission."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--beside", default=sys.executable, help="a Python that has nbgrader and otter-grader")
    python = parser.parse_args().beside
    print(f"here                  {ours() * 1e6:12.1f} µs for a submission")
    for name, way in (("nbgrader autograde", nbgrader), ("otter grade_submission", otter)):
        with tempfile.TemporaryDirectory() as folder:
            try:
                print(f"{name:22} {way(python, Path(folder)):11.2f} s for a submission", flush=True)
            except (subprocess.CalledProcessError, IndexError) as error:
                reason = (getattr(error, "stderr", b"") or b"")[-300:]
                print(f"{name:22} could not be run: {reason!r}")


if __name__ == "__main__":
    main()
