"""The scenes of a meeting: defined once, shown by the page, the deck and the files."""
