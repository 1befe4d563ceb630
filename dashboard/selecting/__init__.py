"""What a reader selects: the selection, the filters and the menu."""
