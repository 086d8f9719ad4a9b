"""A label means the same in the glossary and on the authors' page, and the labels that a word can decide are keyed by it."""

import re
import tomllib

from dateline.bank import exercise_files, load_stem
from dateline.folders import course_folder
from dateline.kinds.spans import MarkKey

ROW = re.compile(r"^\| ([a-z0-9 ]+) \| (.+?) \| \d\.\d \| ", re.MULTILINE)
NAMED = re.compile(r"^(?:according to|citing) |\b(?:said|says?|reported|announced|told .+|wrote)$|quoted as saying$|^said an? ")
"""Words that hand a statement to somebody who is named or described."""


def rows() -> dict[str, str]:
    return dict(ROW.findall((course_folder() / "docs" / "consistency.md").read_text(encoding="utf-8")))


def test_the_glossary_has_the_words_of_the_authors_page() -> None:
    glossary = tomllib.loads((course_folder() / "data" / "glossary.toml").read_text(encoding="utf-8"))
    both = {label: meaning for label, meaning in rows().items() if label.replace(" ", "-") in glossary}
    assert len(both) >= 11
    assert {label: glossary[label.replace(" ", "-")]["meaning"] for label in both} == both


def test_who_is_named_is_an_attribution_wherever_that_label_can_be_given() -> None:
    found = []
    for stem in map(load_stem, exercise_files()):
        for question in stem.lesson.question:
            key = (stem.keys or {}).get(question.id)
            if isinstance(key, MarkKey) and any(choice.id == "attribution" for choice in question.choices):
                found += [(question.id, span.words, span.right) for span in key.span if NAMED.search(span.words)]
    assert len(found) >= 15
    assert [(where, words) for where, words, right in found if "attribution" not in right] == []
