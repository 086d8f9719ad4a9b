"""nbval really compares: a notebook with one wrong stored output is reported as failing."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def run_nbval(*options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-sanitize-with", str(HERE / "nbval.cfg"), "-p", "no:cacheprovider"]
    return subprocess.run([*command, *options], capture_output=True, text=True, cwd=HERE.parent)


def test_a_wrong_stored_output_is_reported() -> None:
    run = run_nbval(str(HERE / "canary.ipynb"))
    assert run.returncode == 1
    assert "1 failed, 2 passed" in run.stdout
    assert "Cell 1" in run.stdout
