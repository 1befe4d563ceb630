"""Unknown names, answered with those that are known."""

from __future__ import annotations

import pytest

from genesys.errors import QueryError
from genesys.kpis.catalogue import KPI_BY_KEY
from genesys.names import require_known


@pytest.mark.parametrize(
    ("name", "known", "advice"),
    [
        ("nope", ["today", "yesterday"], "Known are: today, yesterday."),
        (
            "nope",
            list(KPI_BY_KEY),
            (
                "Known are: offered, answered, answer_pct, abandoned, abandon_pct,"
                " short_abandoned, flow_out, flow_out_pct, service_level_pct, met_target,"
                " missed_target, asa_sec, ..."
            ),
        ),
        ("wait", ["max_wait_sec", "held"], "The nearest name is max_wait_sec."),
    ],
)
def test_what_resembles_none_is_refused_with_those_that_are_known(name, known, advice):
    with pytest.raises(QueryError) as refusal:
        require_known("name", [name], known)

    assert refusal.value.todo == advice
