"""What a learner answered: the document, the store that writes it, and what can be done with one exercise."""
