"""Panels: each loads, prints all that it holds, and a faulty file is named with its line."""

import re
from html import unescape
from pathlib import Path

import msgspec
import pytest
from support import use_sampler

from dateline.cards.panel_card import printed_panel
from dateline.cards.panels import Clocks, Gloss, Renderings, Steps, Supports, load_panel, panel_files
from dateline.faults import CourseError

MARKUP = re.compile(r"</?(?:span|em)[^>]*>")
NAMES = [path.stem for path in panel_files()]


@pytest.mark.parametrize("name", NAMES)
def test_the_printed_form_holds_the_whole_panel(name: str) -> None:
    panel = load_panel(name)
    printed = unescape(printed_panel(panel))
    parts: list[str] = [panel.prompt, panel.origin]
    match panel:
        case Steps():
            parts += [words for step in panel.step for words in (step.label, step.words, *step.notes)]
        case Renderings():
            parts += [part for version in panel.rendering for part in (version.who, *version.parts)]
        case Clocks():
            parts += [words for one in panel.happening for words in (one.text, one.why)]
            parts += [place.text for place in panel.places]
        case Gloss():
            printed = MARKUP.sub("", printed)
            parts += [panel.who, panel.whole]
            parts += [part.replace("*", "") for word in panel.word for part in (word.text, word.sound, word.form, word.sense, word.then)]
        case Supports():
            parts += [words for claim in panel.claim for words in (claim.text, claim.why)]
    assert [words for words in parts if words not in printed] == []


def test_a_panel_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(CourseError, match=r"There are: .*p5"):
        load_panel("p55")


HEAD = 'prompt = "P"\n'
WORD = '\n[[word]]\ntext = "말"\nsound = "mal"\nform = "a noun"\nsense = "word"'
FAULTY = {
    "'b' is no support": (
        'kind = "supports"',
        'supports = [{ id = "a", text = "A" }]\n[[claim]]\ntext = "C"\nneeds = [["b"]]\nwhy = "W"',
        6,
    ),
    "not one note": ('kind = "steps"', 'headings = ["H"]\n[[step]]\nlabel = "1"\nwords = "W"\nnotes = []', 7),
    "differ in their number": ('kind = "renderings"', '[[rendering]]\nwho = "a"\nparts = ["x"]\n[[rendering]]\nwho = "b"\nparts = []', 8),
    "cannot be placed on a clock": ('kind = "clocks"', 'places = [{ zone = "Mars/Base", text = "M" }]\nhappening = []', 3),
    "'Korean' is no code": ('kind = "gloss"', 'lang = "Korean"\nwho = "W"\nwhole = "E"\nword = []', 3),
    "the clause has 13 words": ('kind = "gloss"', 'lang = "ko"\nwho = "W"\nwhole = "E"' + WORD * 13, 67),
    "invalid value 'dance'": ('kind = "dance"', "", 1),
}


@pytest.mark.parametrize("what", FAULTY)
def test_a_fault_in_a_panel_is_named_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    kind, body, line = FAULTY[what]
    course = use_sampler(tmp_path / "course", monkeypatch)
    (course / "data" / "panels").mkdir()
    (course / "data" / "panels" / "bad.toml").write_text(f"{kind}\n{HEAD}{body}")
    with pytest.raises(CourseError, match=what) as found:
        load_panel("bad")
    assert found.value.problems[0].line == line


def test_every_word_of_a_clause_is_printed_in_its_language_and_with_its_sense() -> None:
    printed = printed_panel(load_panel("gloss-quotation"))
    assert printed.count('<span lang="ko">특히 …</span></th><td') == 1
    row = next(row for row in printed.split("<tr>") if "특히" in row)
    assert [words for words in ("teuki", "in particular") if words not in row] == []
    assert '<span lang="ko">을</span>' in printed, "a Korean ending inside an English line is Korean too"


def test_a_clause_quotes_at_most_twelve_words() -> None:
    lengths = {name: len(panel.word) for name in NAMES if isinstance(panel := load_panel(name), Gloss)}
    assert lengths == {"gloss-plants": 9, "gloss-quotation": 8}


def test_what_a_check_sends_to_draw_readers_is_plain_data() -> None:
    from dateline.evidence.survey import phrase
    from dateline.kinds import feedback
    from dateline.kinds.number import NumberKey
    from dateline.kinds.range import Range as RangeQuestion
    from dateline.kinds.range import RangeKey

    question = RangeQuestion(id="x", prompt="P", beat="practice", theme="language", skill="s", low=0, high=100)
    key = RangeKey(data=phrase("Likely"), why={"right": "Yes, so far.", "narrow": "Too narrow.", "wide": "Too wide."}, teach="T", next="N")
    told = msgspec.to_builtins(feedback(question, key, [60, 85]))["readers"]
    assert sum(told["counts"]) == 5174
    assert told["mine"] == (60, 85)
    assert ("ICD 203", 55, 80) in told["bands"]
    assert {yardstick for yardstick, _, _ in told["bands"]} == {"ICD 203", "PHIA", "AJP-2.1", "IPCC"}
    assert NumberKey(teach="T", next="N", value=3).data is None
