"""The matrix: its values, marks and changes, its rows and columns, and where names lead."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs

import numpy as np
import pytest

from dashboard.data import organization as this_organization
from dashboard.data.group_tables import changes, values
from dashboard.sections.matrix import legend, matrix
from genesys.demo import DemoServer
from genesys.kpis.catalogue import KPI_BY_KEY, KPIS
from reports.data import verdicts
from tests.dashboard.reading import (
    FIRST_WEEK,
    MATRIX,
    Open,
    cells,
    columns,
    headings,
    sheet,
    words,
)
from tests.dashboard.world import CLAIMS, World, view
from tests.dashboard.world import FIRST_WEEK as WEEK
from tests.hostile_queues import IDS, NAMES, environment, organization

OFFER, LEVEL, ASA = (KPI_BY_KEY[key] for key in ("offered", "service_level_pct", "asa_sec"))

ALL_QUEUES = [
    *("All queues", "79.8 %   −0.4 ▼", "80.7 %   −1.2 ▼", "78.8 % ~   −4.3 ▼"),
    *("74.1 % ~   −4.9 ▼", "76.7 %   +4.6 ▲", "83.9 % ✓   +0.4 ▲"),
]


def test_values_marks_and_changes_of_a_week(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, **FIRST_WEEK)
    rows = cells(page, MATRIX)

    media_types = ["voice", "callback", "chat", "email", "message"]
    assert columns(page, MATRIX) == ["queue_name", "total", *media_types]
    assert [label for label, _ in headings(page, MATRIX).values()] == [
        *("Queue", "All media", *media_types)
    ]
    assert len(rows) == 27
    assert rows[0] == ALL_QUEUES
    # 1,877 of 2,296 calls against 1,439 of 1,803, and 344 of 459 e-mails against 287 of 417:
    # 2,221 of 2,755 against 1,726 of 2,220.
    assert rows[3] == [
        *("Claims", "80.6 % ✓   +2.9 ▲", "81.8 % ✓   +1.9 ▲", "—", "—", "74.9 % ~   +6.1 ▲", "—")
    ]
    assert rows[25] == [
        *("Head Office Facilities", "69.6 % ✗   −1.9 ▼", "64.3 % °   −10.7 °"),
        *("—", "—", "77.8 % °   +11.1 °", "—"),
    ]
    assert rows[26] == ["No queue", *["—"] * 6]


def test_what_lacks_most_contacts_to_its_targets_comes_first_and_the_legend_says_so(world: World):
    seen = view(WEEK)
    rows = matrix(seen, LEVEL).rows

    # The queues that lack least come by what was offered, and no queue at the end.
    assert rows["queue_name"].tolist()[:4] == [
        *("All queues", "Technical Support", "Home Claims", "Claims")
    ]
    assert rows["contacts_to_target"].tolist()[:4] == [411, 206, 40, 24]
    assert rows["contacts_to_target"].iloc[1:-1].is_monotonic_decreasing
    of_none = rows[rows["contacts_to_target"] == 0].iloc[:-1]
    assert of_none["offered"].is_monotonic_decreasing
    assert (
        legend(seen)
        .partition("points. ")[2]
        .startswith("First what lacks most contacts to its service level targets")
    )


def test_all_tables_have_one_order(world: World):
    seen = view(WEEK)
    ids = matrix(seen, LEVEL).rows["queue_id"].tolist()[1:]
    kpis = seen.selection.kpi_rows()

    for made in (values, changes):
        assert made(seen, "Queues", ("queue_id",), kpis).rows["queue_id"].tolist()[1:] == ids
    assert values(seen, "", ("media_type",), kpis).rows["media_type"].tolist()[1:] == [
        *("voice", "chat", "email", "callback", "message")
    ]


def test_headings_say_why_cells_have_no_value(demo: DemoServer, open_page: Open):
    helps = {name: told for name, (_, told) in headings(open_page(demo.env, **FIRST_WEEK)).items()}

    assert "Over voice, callback, chat, email and message." in helps["total"]
    assert (
        "Over callback. —: the queue has none of this media type."
        " —: Customer-first callback: in time appears on the voice row."
    ) in helps["callback"]


def test_times_say_in_their_head_which_media_types_they_are_over(world: World):
    table = matrix(view(WEEK), ASA)

    assert table.columns[1].label == "All media: voice, callback and chat"


@pytest.mark.parametrize("blended", [False, True])
def test_all_media_are_the_tile_and_the_queues_page(world: World, *, blended: bool):
    seen = view(replace(WEEK, kpis=tuple(kpi.key for kpi in KPIS), blended=blended))
    queues = values(seen, "Queues", ("queue_id",), KPIS).rows.set_index("queue_id")
    tiles = verdicts.total(seen.figures, KPIS, this_organization.targets(), blended=blended)

    assert len(queues) == 27
    for kpi in KPIS:
        total = matrix(seen, kpi).rows.set_index("queue_id")["total"].astype("float64")
        of_queues = queues[kpi.key].astype("float64")
        assert np.array_equal(total.loc[queues.index], of_queues, equal_nan=True), kpi.key
        assert np.array_equal(total.iloc[:1], tiles.changes[kpi.key].value, equal_nan=True)


def test_heads_name_the_target_and_the_value_before(world: World):
    heads = {column.key: column.beneath for column in matrix(view(WEEK), LEVEL).columns}

    assert heads == {
        "queue_name": (),
        "total": ("no single target", "before 80.2 %"),
        "voice": ("no single target", "before 81.9 %"),
        "callback": ("target 80 %", "before 83.0 %"),
        "chat": ("target 80 %", "before 79.0 %"),
        "email": ("no single target", "before 72.1 %"),
        "message": ("target 80 %", "before 83.5 %"),
    }


def test_heads_of_blended_times_and_of_counts_have_no_target(world: World):
    blended = matrix(view(replace(WEEK, blended=True)), ASA).columns[1]
    assert [each.split()[0] for each in blended.beneath] == ["before"]
    assert matrix(view(WEEK), OFFER).columns[1].beneath == ("before 15,475",)


def test_only_e_mail_has_one_column_and_no_total(world: World):
    table = matrix(view(replace(WEEK, media_types=("email",))), ASA)

    assert [column.label for column in table.in_file[:3]] == ["Queue", "email", "email change"]
    assert table.rows["queue_name"].tolist()[:3] == ["All queues", "Claims", "Complaints (Claims)"]


def test_blended_times_are_over_all_media_types_and_without_a_mark(
    demo: DemoServer, open_page: Open
):
    page = open_page(demo.env, blend="yes", times="mm:ss", show="ASA", **FIRST_WEEK)

    assert headings(page, MATRIX)["total"][0] == "All media"
    # 2,213 calls and the e-mails of days: targets of calls do not judge them together.
    assert cells(page, MATRIX)[3] == [
        *("Claims", "192:15   −100:57 ▼", "00:11 ✓   −00:02 ▼", "—", "—"),
        *("1118:17   −384:05 ▼", "—"),
    ]


def test_divisions_have_rows_of_their_own_that_add_up(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, rows="By division", show="Offer", **FIRST_WEEK)
    rows = [[row[0], *(each.partition(" ")[0] for each in row[2:])] for row in cells(page, MATRIX)]

    assert [row for row in rows if not row[0].startswith("\u2003")] == [
        ["All queues", "13,226", "587", "1,458", "2,836", "1,671"],
        ["Customer Service", "4,527", "100", "989", "932", "1,392"],
        ["Claims", "4,804", "191", "—", "1,285", "—"],
        ["Sales", "2,879", "296", "469", "173", "279"],
        ["Partners", "790", "—", "—", "387", "—"],
        ["Without a division", "226", "—", "—", "59", "—"],
    ]
    assert [row[0] for row in rows[-8:]] == [
        "Partners",
        "\u2003Independent Financial Advisers and Appointed Representatives Help Desk",
        "\u2003Broker Desk",
        "\u2003Switchboard",
        "\u2003Head Office Facilities",
        "Without a division",
        "\u2003Deleted queue (2cca10b1) (new)",
        "\u2003No queue",
    ]


def test_queues_with_few_contacts_are_left_out_but_counted(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, min="1500", **FIRST_WEEK)

    assert cells(page, MATRIX)[0] == ALL_QUEUES
    assert [row[0] for row in cells(page, MATRIX)] == [
        *("All queues", "Claims", "Policy Changes", "Billing", "Sales")
    ]
    assert "Queues with fewer than 1,500 contacts are left out." in words(page)


def test_queues_without_contacts_are_counted(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, media="email", **FIRST_WEEK)

    assert "7 queues without contacts." in words(page)


def test_all_of_thousands_of_queues_are_sent_to_be_sorted(start_demo, open_page: Open):
    page = open_page(start_demo(queues=2000).env, **FIRST_WEEK)

    assert len(cells(page, MATRIX)) == 2003


def test_names_lead_to_their_queues_with_the_same_filters(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, compare="year", show="ASA", **FIRST_WEEK)
    told = sheet(page, MATRIX)

    path, _, query = told["href"].partition("?")
    assert path == "queues"
    assert parse_qs(query, keep_blank_values=True) == {
        "period": ["custom"],
        "compare": ["year"],
        "show": ["ASA"],
        "pick": [""],
        **{name: [day] for name, day in FIRST_WEEK.items()},
    }
    assert query.endswith("&pick=")
    assert told["ids"][3] == CLAIMS


def test_rows_that_are_no_queue_lead_nowhere(demo: DemoServer, open_page: Open):
    told = sheet(open_page(demo.env, **FIRST_WEEK), MATRIX)

    assert [told["ids"][row] for row in (0, 26)] == ["", ""]
    assert told["columns"][0]["texts"][26] == "No queue"
    assert [told["columns"][0]["texts"][row] for row in told["ends"]] == [
        "Deleted queue (2cca10b1) (new)",
        "No queue",
    ]


def test_hostile_names_are_names(open_page: Open):
    with organization() as server:
        page = open_page(environment(server), show="Offer", **FIRST_WEEK)
        rows = cells(page, MATRIX)

    assert [row[0] for row in rows] == ["All queues", *(" ".join(name.split()) for name in NAMES)]
    assert [row[1] for row in rows] == ["100   ±0", *["10   ±0"] * 10]
    assert sheet(page, MATRIX)["ids"][1] == IDS[0]


def test_queues_of_the_earlier_interval_alone_have_no_value(open_page: Open):
    only_in = {IDS[1]: "2026-06", IDS[2]: "2026-05"}
    with organization(("Stays", "Comes", "Goes"), only_in) as server:
        page = open_page(environment(server), show="Offer", **FIRST_WEEK)

    assert cells(page, MATRIX) == [
        ["All queues", "20   ±0"],
        ["Stays", "10   ±0"],
        ["Comes (new)", "10"],
        ["Goes (none now)", "—"],
    ]


def test_selections_of_one_queue_have_a_row_of_it(world: World):
    table = matrix(view(replace(WEEK, queue_ids=(CLAIMS,))), LEVEL)

    assert table.rows["queue_name"].tolist() == ["All queues", "Claims"]
