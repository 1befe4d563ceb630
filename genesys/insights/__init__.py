"""What figures mean: comparison, drivers, hotspots, talking points, review."""
