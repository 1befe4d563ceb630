"""How a table, a chart and a note are drawn."""
