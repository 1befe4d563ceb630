"""Charts: frames of figures to plotly figures."""

from reports.charts.axes import harmless as harmless
from reports.charts.trend import trend_chart as trend_chart
