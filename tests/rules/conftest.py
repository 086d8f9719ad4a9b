"""The rules in tables: each row is an answer and what it must earn, by hand and not by the code's own numbers."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from asking import KEY, LESSON, MISCONCEPTIONS, READERS, TEXT, YARDSTICKS, Ask

from dateline.bank import find_question


@pytest.fixture
def ask(small_course: Callable[[dict[str, str]], Path]) -> Ask:
    """The question and the key that some TOML describes."""

    def make(question: str, key: str) -> tuple[Any, Any]:
        small_course(
            {
                "exercises/11-one.toml": LESSON + question,
                "solutions/11-one.toml": KEY + key if key else "",
                "data/misconceptions.toml": MISCONCEPTIONS,
                "data/texts/ferry.txt": TEXT,
                "data/probability_phrases.csv": READERS,
                "data/yardsticks.csv": YARDSTICKS,
            }
        )
        return find_question("q")[:2]

    return make
