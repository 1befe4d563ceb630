"""What a reader sees: one file for each section of a page."""
