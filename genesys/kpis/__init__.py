"""From a frame to parts, from parts to KPI values, from values to text."""
