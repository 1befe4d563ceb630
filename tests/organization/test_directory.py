"""The directory: labels that tell queues apart, and queues found by what people type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genesys.client.api import Api
from genesys.client.budget import Budget
from genesys.client.entities import Division, Queue
from genesys.organization.directory import Directory, read_directory
from tests.examples import examples
from tests.hostile import HostileServer, Seen, Sent, ok, refuse

EAST, WEST = Division("d1", "East"), Division("d2", "West")
A, B, C, D = (f"{letter * 8}-0000-4000-8000-000000000001" for letter in "abcd")


def directory(*queues: Queue) -> Directory:
    return Directory({queue.id: queue for queue in queues})


def labels(*queues: Queue) -> list[str]:
    return list(directory(*queues).labels().values())


def test_a_name_of_its_own_is_the_label():
    assert labels(Queue(A, "Billing", EAST), Queue(B, "Claims", EAST)) == ["Billing", "Claims"]


def test_names_that_are_alike_get_their_divisions():
    found = labels(Queue(A, "Sales", EAST), Queue(B, "Sales", WEST), Queue(C, "Claims", WEST))

    assert found == ["Sales (East)", "Sales (West)", "Claims"]


def test_names_alike_in_one_division_get_the_short_id_too():
    found = labels(Queue(A, "Sales", EAST), Queue(B, "Sales", EAST), Queue(C, "Sales", WEST))

    assert found == ["Sales (East, aaaaaaaa)", "Sales (East, bbbbbbbb)", "Sales (West)"]


def test_without_a_division_the_short_id_does():
    found = labels(Queue(A, "Sales"), Queue(B, "Sales", Division()))

    assert found == ["Sales (aaaaaaaa)", "Sales (bbbbbbbb)"]


def test_case_and_spaces_alone_do_not_tell_apart():
    found = labels(Queue(A, "Sales", EAST), Queue(B, " sales ", WEST), Queue(C, "Cl  aims"))

    assert found == ["Sales (East)", "sales (West)", "Cl aims"]


def test_a_name_that_looks_like_a_label_does_not_make_two_of_it():
    found = labels(Queue(A, "Sales", EAST), Queue(B, "Sales", WEST), Queue(C, "Sales (East)", WEST))

    assert found == ["Sales (East, aaaaaaaa)", "Sales (West)", "Sales (East) (West)"]


def test_a_queue_without_a_name_goes_by_its_short_id():
    assert labels(Queue(A, None, EAST), Queue(B, " ")) == ["Queue (aaaaaaaa)", "Queue (bbbbbbbb)"]


def test_even_short_ids_that_are_alike_give_unlike_labels():
    twin = A[:-1] + "2"

    assert labels(Queue(A, "Sales"), Queue(twin, "Sales")) == [f"Sales ({A})", f"Sales ({twin})"]


NAMES = st.sampled_from(["Sales", "sales", "Sales (East)", "Sales (East, aaaaaaaa)", "", "Queue"])


@examples(50)
@given(st.lists(st.tuples(NAMES, st.sampled_from([EAST, WEST, None])), max_size=12))
def test_no_two_labels_are_ever_alike(rows: list[tuple[str, Division | None]]):
    queues = [Queue(f"aaaaaaaa-{n}", name, division) for n, (name, division) in enumerate(rows)]

    found = labels(*queues)

    assert len({label.casefold() for label in found}) == len(queues)


class TestUnlisted:
    """Ids in no list."""

    def test_of_a_whole_list_are_deleted_queues(self):
        assert directory(Queue(A, "Sales")).label(D) == "Deleted queue (dddddddd)"

    def test_what_is_no_id_is_no_deleted_queue(self):
        assert directory(Queue(A, "Sales")).label("Biling") == "Unknown queue “Biling”"
        assert directory().label("x" * 99) == f"Unknown queue “{'x' * 39}…”"

    def test_of_no_list_are_just_queues(self):
        assert Directory(complete=False).label(D) == "Queue (dddddddd)"

    def test_rows_without_a_queue_have_a_label(self):
        assert directory().label("(none)") == "No queue"

    def test_have_no_division(self):
        found = directory(Queue(A, "Sales", EAST), Queue(B, "Claims"))

        assert [found.division(key) for key in (A, B, D)] == ["East", "", ""]


class TestFind:
    """What a user may mean."""

    found = directory(
        Queue(A, "Sales", EAST),
        Queue(B, "Sales", WEST),
        Queue(C, "Réclamations"),
        Queue("odd", "x"),
    )

    @pytest.mark.parametrize(
        ("text", "ids"),
        [
            (A, (A,)),
            (D, (D,)),
            (D.upper(), (D,)),
            ("odd", ("odd",)),
            ("Sales (West)", (B,)),
            ("sales (west)", (B,)),
            ("sales", (A, B)),
            ("  RÉCLAMATIONS ", (C,)),
            ("Sale", ()),
            ("", ()),
        ],
    )
    def test_goes_by_id_then_label_then_name(self, text: str, ids: tuple[str, ...]):
        assert self.found.find(text) == ids

    @pytest.mark.parametrize(
        ("text", "near"),
        [
            ("reclamation", "Réclamations"),
            ("Slaes (West)", "Sales (West)"),
            ("west", "Sales (West)"),
        ],
    )
    def test_offers_what_is_near(self, text: str, near: str):
        assert near in self.found.nearest(text)

    def test_offers_nothing_for_nonsense(self):
        assert self.found.nearest("zzzz") == ()


@pytest.mark.parametrize("name", ["Total", "no queue", "All queues"])
def test_a_queue_cannot_be_taken_for_a_row_that_is_none(name: str):
    assert labels(Queue(A, name, EAST), Queue(B, "Sales")) == [f"{name} (East)", "Sales"]
    assert labels(Queue(A, name)) == [f"{name} (aaaaaaaa)"]
    assert directory(Queue(A, name)).find(name) == (A,)


class TestReading:
    """From which list."""

    @pytest.fixture
    def budget(self) -> Budget:
        return Budget(600, wait=lambda seconds: None)

    def read(self, denied: set[str], budget: Budget) -> tuple[Directory, list[str]]:
        def answer(seen: Seen) -> Sent:
            if seen.path in denied:
                return refuse(403, "missing.permissions")
            return ok({"entities": [{"id": A, "name": "Sales"}], "pageCount": 1})

        with HostileServer(answer) as server:
            api = Api(server.connection)
            found = read_directory(api, budget)
            api.close()
            return found, [seen.path for seen in server.requests]

    views, queues = "/api/v2/routing/queues/divisionviews/all", "/api/v2/routing/queues"

    def test_the_division_views_come_first(self, budget: Budget):
        found, paths = self.read(set(), budget)

        assert found == Directory({A: Queue(A, "Sales")})
        assert paths == [self.views]

    def test_the_full_list_stands_in(self, budget: Budget):
        found, paths = self.read({self.views}, budget)

        assert (found.label(A), found.complete, found.missing_permission) == ("Sales", True, "")
        assert paths == [self.views, self.queues]

    def test_where_none_may_be_read_the_permission_is_named(self, budget: Budget):
        found, _ = self.read({self.views, self.queues}, budget)

        assert found.label(A) == "Queue (aaaaaaaa)"
        assert not found.complete
        assert found.missing_permission == "routing:queue:search or routing:queue:view"
