"""Words around what is counted or quoted: a noun in its number, one mark at the end of a sentence."""

NO_KEYS = "The keys are not in this copy; your teacher has them."
"""What is said wherever a copy with keys would say how something stands."""


def counted(count: int, one: str, many: str = "") -> str:
    """A number with its noun: `1 card`, `2 cards`. `many` is the plural where it is not the singular with an s."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def ended(words: str) -> str:
    """Words with a full stop, unless they end a sentence already."""
    return words if words.endswith((".", "?", "!", "…", ".”", "?”", "!”")) else f"{words}."
