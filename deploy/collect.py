"""Collect every learner's answers from the homes of a server into one folder, named by account, ready for `course.py grade`.

This is the way where there is no hand-in service, or for what was never handed in. What it calls received is when it collected.

Run as root on the hub's machine: python collect.py FOLDER [account ...]

With DATELINE_TRIAL=1 the learners are the folders below DATELINE_STATE/homes. Otherwise they are the accounts named, or all whose home
has a folder `answers`. Each learner's answers are read under that learner's account, so a link in a home leads nowhere that the learner
could not go. A learner whose answers cannot be read is named at the end, and what an earlier collection has of them is taken away.
"""

import os
import pwd
import subprocess
import sys
from pathlib import Path

from dateline.folders import open_to_others

TRIAL = os.environ.get("DATELINE_TRIAL") == "1"
STATE = Path(os.environ.get("DATELINE_STATE", "/srv/jupyterhub"))


def learners(named: list[str]) -> dict[str, Path]:
    """Accounts and their homes."""
    if TRIAL:
        return {home.name: home for home in sorted((STATE / "homes").iterdir()) if not named or home.name in named}
    every = {entry.pw_name: Path(entry.pw_dir) for entry in pwd.getpwall() if entry.pw_uid >= 1000}
    return {name: every[name] for name in named} if named else {name: home for name, home in every.items() if (home / "answers").is_dir()}


def collect(name: str, home: Path) -> bytes:
    """The exported answers of one learner."""
    account = {} if TRIAL else {"user": name, "group": pwd.getpwnam(name).pw_gid, "extra_groups": []}
    variables = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ} | {
        "HOME": str(home),
        "DATELINE_COURSE": str(home / "course"),
        "DATELINE_ANSWERS": str(home / "answers"),
    }
    command = [sys.executable, "-m", "dateline", "export", "-"]
    return subprocess.run(command, check=True, capture_output=True, cwd="/", env=variables, timeout=60, **account).stdout


def main() -> None:
    os.umask(0o077)
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    if open_to_others(out):
        sys.exit(f"Other accounts can read {out}. Say chmod 700 {out}, or choose another folder.")
    try:
        found = learners(sys.argv[2:])
    except KeyError as error:
        sys.exit(f"There is no account {error}. Nothing was collected.")
    failed = []
    for name, home in found.items():
        place = out / f"{name}.json"
        try:
            place.write_bytes(collect(name, home))
            print(name)
        except (subprocess.SubprocessError, OSError, KeyError) as error:
            place.unlink(missing_ok=True)
            said = getattr(error, "stderr", b"") or b""
            failed.append(f"{name}: {said.decode(errors='replace').strip().splitlines()[-1] if said.strip() else error}")
    print("\n".join(failed), file=sys.stderr)
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
