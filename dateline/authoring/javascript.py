"""Checks the style and the types of the JavaScript with tools that Node.js runs. Opening the course needs none of them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from dateline.folders import course_folder

CHECKS = (("biome", "check", "--error-on-warnings"), ("tsc",))


def check_javascript() -> int:
    """Run every check and return 0 if all pass. What the machine lacks is one line, and a failure only where CI=true."""
    root = course_folder()
    lacking = _prepare(root)
    if lacking:
        print(f"skipped: {lacking}")
        return int(os.environ.get("CI") == "true")
    tools = root / "node_modules" / ".bin"
    return max(subprocess.call([shutil.which(name, path=str(tools)) or name, *words], cwd=root) for name, *words in CHECKS)


def _prepare(root: Path) -> str:
    """Bring the tools to the versions of `package-lock.json`; return what is lacking and how to get it, or nothing."""
    lock, laid = root / "package-lock.json", root / "node_modules" / ".package-lock.json"
    npm = shutil.which("npm")
    if not npm or not shutil.which("node"):
        return "install Node.js 20 or newer with npm (Debian: apt-get install nodejs npm) to check the JavaScript"
    if laid.is_file() and laid.stat().st_mtime_ns >= lock.stat().st_mtime_ns:
        return ""
    print("Fetching the tools that check the JavaScript, the first time only.", flush=True)
    done = subprocess.run([npm, "ci", "--silent"], cwd=root, stdin=subprocess.DEVNULL, check=False)
    return "" if done.returncode == 0 else "connect to the internet and run `npm ci` in the course's folder to check the JavaScript"


if __name__ == "__main__":
    sys.exit(check_javascript())
