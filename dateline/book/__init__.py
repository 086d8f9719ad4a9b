"""The book: the whole course in a browser, with nothing to install. Pages can be read at once, and come alive by themselves."""
