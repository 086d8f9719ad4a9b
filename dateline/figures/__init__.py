"""The figures that a notebook draws, by the names that its calls use.

Those that follow a reader's own answers are SVG of our own; the others are drawn with matplotlib, which takes a second to import and is
not everywhere, so they are brought in when they are asked for.
"""

from typing import TYPE_CHECKING, Any

from dateline.figures.own import calibration_plot, voice_map
from dateline.figures.pictures import hall_drawing

if TYPE_CHECKING:
    from dateline.figures.lessons import (
        base_rate_strip,
        certainty_histogram,
        counts_by_year,
        hedge_inventory,
        reaction_matrix,
        source_chain,
    )

__all__ = [
    "base_rate_strip",
    "calibration_plot",
    "certainty_histogram",
    "counts_by_year",
    "hall_drawing",
    "hedge_inventory",
    "reaction_matrix",
    "source_chain",
    "voice_map",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from dateline.figures import lessons

    return getattr(lessons, name)
