"""Fetch and keep: from a selection to figures, asked once."""
