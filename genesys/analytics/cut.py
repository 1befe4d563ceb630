"""An answer cut to some queues: nothing of any other is left in it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from genesys.analytics.fetch import Answer
from genesys.analytics.half_hours import of_queues


def cut(answer: Answer, queue_ids: Collection[str]) -> Answer:
    """The answer of these queues alone; what has no queue is none of them.

    One that is not by queue cannot be cut: it must have been asked for such queues alone.
    Raises ValueError where it was not.
    """
    query = answer.query
    both = {*queue_ids} & {*query.queue_ids} if query.queue_ids else {*queue_ids}
    if "queueId" not in query.group_by:
        if not query.queue_ids or both != {*query.queue_ids}:
            raise ValueError("an answer that is not by queue was asked for others too")
        return replace(answer, within=of_queues(query, both).queue_ids)
    frame = answer.frame[answer.frame["queue_id"].isin(both)].copy()
    # The other queues' ids would stay as categories without rows.
    frame["queue_id"] = frame["queue_id"].cat.remove_unused_categories()
    return replace(answer, frame=frame, within=of_queues(query, both).queue_ids)
