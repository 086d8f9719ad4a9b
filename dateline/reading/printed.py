"""What Jupyter's own tools keep of a card: its printed form, wherever a live view cannot be."""

from typing import Any

from nbconvert.preprocessors import Preprocessor

from dateline.authoring.notebooks import strip_widgets


class KeepPrinted(Preprocessor):
    """In exported pages the printed question stands where its live view cannot."""

    def preprocess(self, notebook: Any, resources: Any) -> tuple[Any, Any]:
        """The notebook without widget views that have a printed form."""
        strip_widgets(notebook)
        return notebook, resources
