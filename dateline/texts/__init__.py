"""Texts and what is true of them: addresses, marks, clocks, the ends of sentences, a draft of marks by rules."""
