"""For teachers: who handed in what, grading, tables, pages, the handout, the kit."""
