"""Query: the bodies behind the figures, the requests, and the tidy figures themselves."""

from __future__ import annotations

from dashboard import asked, fetching, filters, messages, tidy

view = fetching.fetched(filters.selection())
messages.head("Query", view)
if view.frame.empty:
    messages.nothing(view)
else:
    tidy.draw(view)
asked.draw(view)
asked.draw_requests(view)
