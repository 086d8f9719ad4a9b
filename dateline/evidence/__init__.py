"""What lessons rest on: sources, dated events and reactions, what readers take phrases to mean, common beliefs."""
