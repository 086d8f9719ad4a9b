"""The figures that a notebook draws, by the names that its calls use. This is the one room that needs matplotlib."""

from dateline.figures.lessons import (
    base_rate_strip,
    calibration_plot,
    certainty_histogram,
    counts_by_year,
    hedge_inventory,
    reaction_matrix,
    source_chain,
    voice_map,
)

__all__ = [
    "base_rate_strip",
    "calibration_plot",
    "certainty_histogram",
    "counts_by_year",
    "hedge_inventory",
    "reaction_matrix",
    "source_chain",
    "voice_map",
]
