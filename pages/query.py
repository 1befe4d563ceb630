"""Query: the bodies behind the figures, the requests, and the tidy figures themselves."""

from __future__ import annotations

from dashboard.data import progress
from dashboard.drawing import head, messages
from dashboard.sections import requests, tidy_figures
from dashboard.selecting import session

view = progress.fetched(session.selection())
head.draw("Query", view)
if view.figures.frame.empty:
    messages.nothing(view.figures)
else:
    tidy_figures.draw(view)
requests.draw(view)
requests.draw_requests(view)
