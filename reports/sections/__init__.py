"""What a reader sees, as values: a table, a chart, a sentence; pages and files draw it."""
