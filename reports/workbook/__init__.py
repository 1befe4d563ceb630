"""The workbook of a show: a summary with native charts, its tables, and its data to pivot."""
