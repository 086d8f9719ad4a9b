"""For authors and maintainers: the checks, notebooks as files, new texts, pages made from the code."""
