"""Try the whole of it on this machine: a real hub, learners who log in, answer in a browser and hand in, a class graded from the hub.

Run in an environment with jupyterhub, playwright, psutil and the course's requirements, Chromium on the path, and configurable-http-proxy
named in CONFIGURABLE_HTTP_PROXY: python deploy/try_hub.py [learners] [at once] [folder]
"""

import asyncio
import csv
import http.client
import json
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
from playwright.async_api import Browser, async_playwright, expect

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PASSWORD = "a trial on one machine"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-dev-shm-usage"]
HAND_INS, SECONDS = 300, 60
GRADED = "Saved; your teacher has the key."


def free() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def course(*words: str, **variables: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "dateline", *words], cwd=ROOT, env={**os.environ, **variables}, capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout


def wait_for(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(address, timeout=1)
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit(f"nothing answers at {address}")


# ---- learners in a browser -------------------------------------------------------------------------------------------------------


async def learn(browser: Browser, base: str, name: str, choice: str, picture: Path | None) -> float:
    """Log in, open lesson 1.1, answer a card, hand in; returns the seconds from the click on Sign in to the first live card."""
    context = await browser.new_context(viewport={"width": 1280, "height": 1000})
    page = await context.new_page()
    page.set_default_timeout(180_000)
    await page.goto(f"{base}/hub/login")
    await page.get_by_label("Username").fill(name)
    await page.get_by_label("Password").fill(PASSWORD)
    start = time.monotonic()
    await page.get_by_role("button", name="Sign in").click()
    await page.wait_for_url("**/lab/**")
    await page.locator(".rv-part a[data-page='notebooks/11-who-is-speaking.ipynb']").click()
    card = page.locator("form[data-exercise='voices-p4']")
    await card.wait_for()
    await expect(card.locator("input[type=radio]").first).to_be_enabled(timeout=180_000)
    took = time.monotonic() - start
    await card.locator(f"input[value='{choice}']").first.check()
    await card.get_by_role("button", name="Check").click()
    try:
        await expect(card.locator(".dl-verdict")).to_have_text(GRADED, timeout=60_000)
    except AssertionError:  # what a learner does then
        print(f"{name} was told within a minute: {await card.locator('.dl-status').all_inner_texts()}; opens the page again", flush=True)
        await page.reload()
        await card.get_by_role("button", name="Check").click()
        await expect(card.locator(".dl-verdict")).to_have_text(GRADED, timeout=120_000)
    await page.get_by_role("button", name="Hand in", exact=True).first.click()
    act = page.locator("section.dl-act")
    await act.get_by_role("button", name="Hand in", exact=True).click()
    await expect(act.get_by_role("status")).to_have_text(re.compile(r"^Handed in .*, receipt \d+\.$"), timeout=60_000)
    if picture:
        await page.screenshot(path=picture)
    await context.close()
    return took


async def class_of(base: str, choices: dict[str, str], at_once: int, work: Path) -> list[float]:
    """All learners, some at once."""
    took = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        names = list(choices)
        for first in range(0, len(names), at_once):
            group = names[first : first + at_once]
            pictures = [work / "learner.png" if name == names[0] else None for name in group]
            took += await asyncio.gather(*(learn(browser, base, n, choices[n], p) for n, p in zip(group, pictures, strict=True)))
            print(
                f"{', '.join(group)}: first live card after {', '.join(f'{seconds:.1f}' for seconds in took[-len(group) :])} s", flush=True
            )
        await browser.close()
    return took


# ---- what they take, and many hand-ins ---------------------------------------------------------------------------------------------


def servers(hub: int) -> dict[str, list[psutil.Process]]:
    """Each learner's processes, the server first, and the hub's own under a name of their own."""
    found: dict[str, list[psutil.Process]] = {}
    for process in psutil.Process(hub).children(recursive=True):
        words = " ".join(process.cmdline())
        name = process.environ().get("JUPYTERHUB_USER") if "singleuser" in words or "ipykernel" in words else ""
        own = name or ("(service)" if "dateline.hub" in words else "(proxy)" if "proxy" in words else "(idle)" if "culler" in words else "")
        found.setdefault(own, []).append(process)
    return found


def memory(processes: list[psutil.Process]) -> float:
    """MB that they alone use."""
    return sum(process.memory_full_info().uss for process in processes) / 1e6


def hand_in_many(base: str, tokens: dict[str, str]) -> list[float]:
    """Papers of 60 kB, evenly over a minute, each another version; returns the seconds that each took."""
    port, names = int(base.rsplit(":", 1)[1]), list(tokens)

    def one(number: int) -> float:
        time.sleep(max(0.0, begin + number * SECONDS / HAND_INS - time.monotonic()))
        saved = f"2030-01-01T00:{number // 60:02d}:{number % 60:02d}.000Z"
        answers = {f"made-{place}": {"value": "w" * 200, "saved": saved} for place in range(230)}
        raw = json.dumps({"schema": 3, "modules": {"9": answers}}).encode()
        start = time.monotonic()
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        headers = {"Authorization": f"token {tokens[names[number % len(names)]]}"}
        line.request("POST", "/services/handin/api/submissions", body=raw, headers=headers)
        answer = line.getresponse()
        said = answer.read()
        if answer.status != 201:
            raise SystemExit(f"{answer.status}: {said!r}")
        return time.monotonic() - start

    begin = time.monotonic()
    with ThreadPoolExecutor(16) as pool:
        return list(pool.map(one, range(HAND_INS)))


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    at_once = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    work = Path(sys.argv[3] if len(sys.argv) > 3 else tempfile.mkdtemp(prefix="dateline-hub-"))
    work.mkdir(parents=True, exist_ok=True)
    print(course("handout", str(work / "handout"), "--path", "class"))
    port, hub, proxy, inbox = free(), free(), free(), free()
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
        "DATELINE_HANDIN_BIND": f"http://127.0.0.1:{inbox}",
    }
    choices = {f"learner{number:02d}": "leader" if number % 4 else "outlet" for number in range(count)}
    base = f"http://127.0.0.1:{port}"
    with (work / "hub.log").open("w") as log:
        command = [str(Path(sys.executable).with_name("jupyterhub")), "-f", str(HERE / "jupyterhub_config.py")]
        running = subprocess.Popen(command, cwd=work, env=variables, stdout=log, stderr=log, start_new_session=True)
        try:
            wait_for(f"{base}/hub/login")
            start = time.monotonic()
            took = asyncio.run(class_of(base, choices, at_once, work))
            print(f"{count} learners, {at_once} at once: {time.monotonic() - start:.0f} s in all")
            print(f"Sign in to the first live card: median {statistics.median(took):.1f} s, longest {max(took):.1f} s")
            found = servers(running.pid)
            own = {name: memory(processes) for name, processes in found.items() if name in choices}
            kernels = [len([one for one in found[name] if "ipykernel" in " ".join(one.cmdline())]) for name in choices]
            print(f"memory of a learner: median {statistics.median(own.values()):.0f} MB, most {max(own.values()):.0f} MB")
            spent = [sum(sum(one.cpu_times()[:2]) for one in found[name]) for name in choices]
            print(f"seconds of a processor for a learner, from start to handed in: median {statistics.median(spent):.1f}")
            print(f"kernels of a learner: {min(kernels)} to {max(kernels)}")
            rest = {name: memory(found[name]) for name in ("(service)", "(proxy)", "(idle)") if name in found}
            print(f"the hub: {memory([psutil.Process(running.pid)]):.0f} MB", *(f"{name} {much:.0f} MB" for name, much in rest.items()))
            address, token = f"{base}/services/handin", (work / "state" / "collect-token").read_text()
            grading = ("grade", "--from-hub", address, "--out", str(work / "out"), "--lessons", "1.1")
            print(course(*grading, DATELINE_COLLECT_TOKEN=token))
            tokens = {name: found[name][0].environ()["JUPYTERHUB_API_TOKEN"] for name in choices}
            times = sorted(hand_in_many(base, tokens))
            print(f"{HAND_INS} hand-ins in a minute: median {statistics.median(times) * 1000:.0f} ms, longest {times[-1] * 1000:.0f} ms")
            rest = {name: memory(found[name]) for name in ("(service)", "(proxy)") if name in found}
            print(*(f"{name} {much:.0f} MB" for name, much in rest.items()))
        finally:
            os.killpg(running.pid, signal.SIGTERM)
            running.wait(60)
    with (work / "out" / "gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
        next(file)  # the first line says what counts
        marks = {row["id"]: float(row["percent"]) for row in csv.DictReader(file)}
    assert marks == {name: 20.0 if choice == "leader" else 0.0 for name, choice in choices.items()}, marks
    print(f"{count} learners logged in, answered, handed in and were graded.")


if __name__ == "__main__":
    main()
