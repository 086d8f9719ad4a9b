"""The reading view: a lesson as a page that is alive when it opens, in a frame that shows the way through the course."""
