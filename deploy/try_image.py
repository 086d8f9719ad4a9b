"""Try the image that build_image.sh left in WORK: search it for keys, start it as a container would, open the course in a browser, answer.

Run as root in the teacher's copy, with playwright and Chromium: python deploy/try_image.py WORK
"""

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tarfile
import time
from pathlib import Path

from playwright.sync_api import expect, sync_playwright
from try_hub import FLAGS, free, wait_for

from dateline.classroom import leaks


def search(work: Path) -> None:
    """Every layer by its files' names, and what is the course's in the image by its words."""
    names = []
    with tarfile.open(work / "dateline.tar") as image:
        manifest = json.load(image.extractfile("manifest.json") or sys.exit("there is no manifest in the image"))
        for layer in manifest[0]["Layers"]:
            with tarfile.open(fileobj=image.extractfile(layer)) as files:
                names += files.getnames()
    ours = [name for name in names if name.startswith("srv/") or "/dateline/" in name]
    kept = [name for name in names if "solutions" in name.split("/") or name.endswith("answer-key.html")]
    print(f"{len(names)} files in {len(manifest[0]['Layers'])} layers, {len(ours)} of them the course's")
    if kept:
        sys.exit(f"keys are in the image: {kept[:5]}")
    known = leaks.secrets()
    found = [leak for part in ("srv", "home") for leak in leaks.find_leaks(work / "root" / part, known)]
    for package in (work / "root" / "opt" / "course").glob("lib/python*/site-packages/dateline"):
        found += leaks.find_leaks(package, known)
    if found or not known:
        sys.exit(f"words of keys are in the image: {found[:5]}")
    print(f"none of {len(known)} secrets of the keys is in it")


def start(work: Path, port: int, token: str) -> subprocess.Popen[bytes]:
    """Run the image's own entry as its own user in its own files."""
    root = work / "root"
    inside = "/usr/local/bin/start-course jupyter lab --no-browser --LabApp.default_url=/lab/workspaces/course"
    inside += f" --ip=127.0.0.1 --port={port} --ServerApp.port_retries=0"
    home = "/home/jovyan"
    own = {"HOME": home, "USER": "jovyan", "PATH": "/opt/course/bin:/usr/local/bin:/usr/bin:/bin", "JUPYTER_TOKEN": token}
    own |= {"DATELINE_COURSE": f"{home}/course", "DATELINE_ANSWERS": f"{home}/answers", "DATELINE_READING": "1"}
    mounts = f"mount --make-rprivate /; mount -t proc proc {root}/proc; mount --rbind /dev {root}/dev"
    words = f"{mounts}; exec {shutil.which('chroot')} --userspec=1000:1000 {root} {inside}"
    log = (work / "lab.log").open("w")
    return subprocess.Popen(["unshare", "-m", "sh", "-euc", words], env=own, stdout=log, stderr=log, start_new_session=True)


def main() -> None:
    work, token, port = Path(sys.argv[1]).resolve(), secrets.token_hex(16), free()
    search(work)
    running = start(work, port, token)
    began = time.monotonic()
    try:
        wait_for(f"http://127.0.0.1:{port}/api")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
            page = browser.new_page(viewport={"width": 1280, "height": 1000})
            page.goto(f"http://127.0.0.1:{port}/lab/workspaces/course?token={token}")
            page.locator(".rv-part a[data-page='notebooks/11-who-is-speaking.ipynb']").click(timeout=120_000)
            card = page.locator("form[data-exercise='voices-p4']")
            card.wait_for(timeout=120_000)
            expect(card.locator("input[type=radio]").first).to_be_enabled(timeout=120_000)
            print(f"from the start of the container to a live card: {time.monotonic() - began:.0f} s")
            card.locator("input[value='leader']").first.check()
            card.get_by_role("button", name="Check").click()
            expect(card.locator(".dl-verdict")).to_have_text("Saved; your teacher will grade it.", timeout=60_000)
            page.screenshot(path=work / "image.png")
            browser.close()
    finally:
        os.killpg(running.pid, signal.SIGTERM)
        running.wait(30)
    home = work / "root" / "home" / "jovyan"
    written = home / "answers" / "module-1.json"
    assert json.loads(written.read_text())["answers"]["voices-p4"]["value"] == {"p4.s2": "leader"}
    modes = {str(path.relative_to(home)): oct(path.stat().st_mode & 0o777) for path in (home, home / "course", written)}
    print("answered; modes:", modes)
    owned = [path for path in (work / "root" / "srv").rglob("*") if path.stat().st_uid == 1000 or path.stat().st_mode & 0o022]
    print(f"{len(owned)} files of the image's course could be changed by a learner")


if __name__ == "__main__":
    main()
