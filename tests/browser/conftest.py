"""The fixtures of the browser tests; `driver.py` holds them, where types are checked too."""

from driver import browser, context, lab, page

__all__ = ["browser", "context", "lab", "page"]
