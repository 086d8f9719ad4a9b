"""Try the whole of it on this machine: a real hub, learners who log in, open a lesson and answer in a browser, collected and graded.

Run in an environment with jupyterhub, playwright and the course's requirements, Chromium on the path, and configurable-http-proxy named in
CONFIGURABLE_HTTP_PROXY: python deploy/try_hub.py [learners] [folder]
"""

import csv
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PASSWORD = "a trial on one machine"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-dev-shm-usage"]


def free() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def course(*words: str, **variables: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "dateline", *words], cwd=ROOT, env={**os.environ, **variables}, capture_output=True, text=True, check=True
    )
    return done.stdout


def wait_for(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(address, timeout=1)
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit(f"nothing answers at {address}")


def learn(browser: Browser, base: str, name: str, answer: str, picture: Path | None) -> None:
    """Log in, open lesson 1.1, run it, answer one card and check it."""
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    page = context.new_page()
    page.goto(f"{base}/hub/login")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/lab/**", timeout=120_000)
    page.goto(f"{base}/user/{name}/lab/workspaces/own/tree/course/notebooks/11-who-is-speaking.ipynb")
    page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=120_000)
    page.locator("#jp-main-statusbar", has_text="| Idle").wait_for(timeout=120_000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.locator("[data-command='runmenu:run-all']").click()
    card = page.locator("form[data-exercise='voices-p4']")
    card.wait_for(timeout=120_000)
    card.locator(f"input[value='{answer}']").first.check()
    card.get_by_role("button", name="Check").click()
    expect(card.locator(".dl-verdict")).to_have_text("Saved; your teacher has the key.")
    if picture:
        card.scroll_into_view_if_needed()
        page.screenshot(path=picture)
    context.close()


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    work = Path(sys.argv[2] if len(sys.argv) > 2 else tempfile.mkdtemp(prefix="dateline-hub-"))
    work.mkdir(parents=True, exist_ok=True)
    print(course("handout", str(work / "handout"), "--lessons", "1.1"))
    port, hub, proxy = free(), free(), free()
    variables = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "DATELINE_TRIAL": "1",
        "DATELINE_PASSWORD": PASSWORD,
        "DATELINE_HANDOUT": str(work / "handout.zip"),
        "DATELINE_STATE": str(work / "state"),
        "DATELINE_BIND": f"http://127.0.0.1:{port}",
        "DATELINE_HUB_BIND": f"http://127.0.0.1:{hub}",
        "DATELINE_PROXY_API": f"http://127.0.0.1:{proxy}",
    }
    names = [f"learner{number:02d}" for number in range(count)]
    log = (work / "hub.log").open("w")
    command = [str(Path(sys.executable).with_name("jupyterhub")), "-f", str(HERE / "jupyterhub_config.py")]
    running = subprocess.Popen(command, cwd=work, env=variables, stdout=log, stderr=log, start_new_session=True)
    start = time.time()
    try:
        base = f"http://127.0.0.1:{port}"
        wait_for(f"{base}/hub/login")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
            for number, name in enumerate(names):
                learn(browser, base, name, "leader" if number % 4 else "outlet", work / "learner.png" if number == 0 else None)
                print(f"{name} has answered, {time.time() - start:.0f} s")
        collected = subprocess.run(
            [sys.executable, str(HERE / "collect.py"), str(work / "in")], env=variables, capture_output=True, text=True, check=True
        )
        assert collected.stdout.split() == names, collected.stdout
    finally:
        os.killpg(running.pid, signal.SIGTERM)
        running.wait(30)
    print(course("grade", str(work / "in"), "--out", str(work / "out"), "--lessons", "1.1"))
    with (work / "out" / "gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
        next(file)  # the first line says what counts
        marks = {row["id"]: float(row["percent"]) for row in csv.DictReader(file)}
    assert marks == {name: 20.0 if number % 4 else 0.0 for number, name in enumerate(names)}, marks
    print(f"{count} learners logged in, answered, were collected and graded.")


if __name__ == "__main__":
    main()
