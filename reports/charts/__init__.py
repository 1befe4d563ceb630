"""Charts: frames of figures to plotly figures."""

from reports.charts.axes import harmless as harmless
from reports.charts.day import day_chart as day_chart
from reports.charts.drivers import drivers_chart as drivers_chart
from reports.charts.levels import levels_chart as levels_chart
from reports.charts.outcomes import outcomes_chart as outcomes_chart
from reports.charts.series import AVERAGE as AVERAGE
from reports.charts.shares import shares_chart as shares_chart
from reports.charts.trend import trend_chart as trend_chart
from reports.charts.volume import volume_chart as volume_chart
from reports.charts.waterfall import waterfall_chart as waterfall_chart
from reports.charts.week import week_chart as week_chart
from reports.charts.worst import worst_chart as worst_chart
