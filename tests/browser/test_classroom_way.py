"""The whole way of a class: the copy without keys is handed out, answered in a browser, exported, graded, and goes back to Canvas."""

import csv
import os
import subprocess
import sys
from pathlib import Path

from driver import Lab, Notebook
from playwright.sync_api import Page, expect

from dateline.classroom.handout import make_handout


def run(*words: str, **variables: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "dateline", *words], env={**os.environ, **variables}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_from_the_handout_to_the_table_for_canvas(page: Page, tmp_path: Path) -> None:
    copy = make_handout(tmp_path / "copy", lessons=("1.1",))
    lab = Lab(tmp_path, copy.folder)
    try:
        lesson = Notebook(page, lab, "notebooks/11-who-is-speaking.ipynb")
        lesson.run_all()
        card = lesson.card("voices-p4")
        card.locator("input[value='leader']").check()
        card.get_by_role("button", name="Check").click()
        expect(card.locator(".dl-verdict")).to_have_text("Saved; your teacher has the key.")
        predict = lesson.card("predict-quotation")
        predict.locator("input[value='heard']").check()
        predict.get_by_label("very sure (85 %)").check()
        predict.get_by_role("button", name="Check").click()
        expect(predict.locator(".dl-verdict")).to_have_text("Saved; your teacher has the key.")
    finally:
        lab.close()
    (tmp_path / "in").mkdir()
    exported = tmp_path / "in" / "doejane_12345_678_my-answers.json"
    told = run("export", str(exported), DATELINE_COURSE=str(copy.folder), DATELINE_ANSWERS=str(lab.answers))
    assert "2 answers are in" in told
    roster = tmp_path / "roster.csv"
    roster.write_text('Student,ID,SIS User ID,SIS Login ID,Section\n"Doe, Jane",12345,s1,jdoe,A\n', encoding="utf-8")
    out = tmp_path / "out"
    said = run("grade", str(tmp_path / "in"), "--out", str(out), "--roster", str(roster), "--lessons", "1.1", "--feedback", "full")
    assert "1 learner handed something in, 1 graded." in said
    with (out / "canvas.csv").open(encoding="utf-8", newline="") as file:
        _, row = csv.DictReader(file)
    assert (row["Student"], row["ID"], row["SIS User ID"]) == ("Doe, Jane", "12345", "s1")
    assert float(row["Reading the Dateline: lesson 1.1"]) == 20.0  # one of the five that count is right
    page_of = next((out / "feedback").iterdir()).read_text(encoding="utf-8")
    assert "No reporter is placed in the room" in page_of
    assert "No learner is named" in run("report", str(out))
