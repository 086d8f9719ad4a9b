"""What is alive on a page: the card of an exercise, panels to try things on, the workbench."""
