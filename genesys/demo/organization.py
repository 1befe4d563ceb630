"""The organization: its divisions, queues, and the streams of work that reach them.

The first queues are rows of a table; those beyond are made by their number, smaller and smaller.
Nothing about a queue depends on how many there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid5

from .draws import key_of
from .media import KINDS, VOICE, Kind

NAMESPACE = UUID("6f1f3f0a-3a0e-5d0c-9a53-0b8f2f6c7d21")
NAME = "Northwind Mutual (demo)"
DIVISION_NAMES = ("Customer Service", "Claims", "Sales", "Partners")


@dataclass(frozen=True)
class Division:
    id: str
    name: str
    home: bool


@dataclass(frozen=True)
class Row:
    """A queue as the table tells it; `work` is contacts on an ordinary weekday by kind.

    `strain` above 1 is a queue with too few people; one that is `short_in_afternoons` has too few
    of them after lunch; `outages` says whether the monthly outage reaches it.
    """

    name: str
    division: str
    work: Mapping[str, float]
    hours: str = "standard"
    strain: float = 1.0
    short_in_afternoons: bool = False
    outages: bool = False
    voice_target: float = VOICE.target


ROWS = (
    Row(
        "Billing",
        "Customer Service",
        {"voice": 300, "email": 46, "message": 60, "callback": 16, "outbound": 24},
        "extended",
        outages=True,
    ),
    Row(
        "Claims",
        "Claims",
        {"voice": 380, "email": 70, "callback": 30, "outbound": 40},
        "extended",
        outages=True,
    ),
    Row(
        "Sales",
        "Sales",
        {"voice": 220, "chat": 74, "message": 46, "callback": 22, "outbound": 60},
        "extended",
        strain=0.85,
    ),
    Row(
        "Policy Changes",
        "Customer Service",
        {"voice": 190, "email": 36, "message": 44},
        outages=True,
    ),
    Row("Renewals", "Sales", {"voice": 160, "email": 16, "callback": 18, "outbound": 32}),
    Row(
        "Roadside Assistance",
        "Claims",
        {"voice": 130},
        "always",
        strain=0.6,
        voice_target=0.9,
    ),
    Row(
        "Technical Support",
        "Customer Service",
        {"voice": 110, "chat": 52, "message": 30, "email": 18},
        short_in_afternoons=True,
    ),
    Row("Motor Claims", "Claims", {"voice": 140, "email": 38}, outages=True),
    Row("Home Claims", "Claims", {"voice": 85, "email": 30}, strain=1.1),
    Row("Web Chat", "Customer Service", {"chat": 120}, "extended"),
    Row("Payments", "Customer Service", {"voice": 78, "email": 8}, strain=0.75),
    Row("New Business", "Sales", {"voice": 66, "email": 15, "outbound": 22}),
    Row("Complaints", "Customer Service", {"voice": 26, "email": 30, "outbound_email": 11}),
    Row("Complaints", "Claims", {"voice": 17, "email": 21}, strain=1.15),
    Row("Broker Desk", "Partners", {"voice": 62, "email": 44}, "office", strain=0.9),
    Row("Fraud Team", "Claims", {"voice": 13, "email": 9, "outbound": 11}, "office"),
    Row("Retention", "Sales", {"voice": 44, "agent_first_callback": 12, "outbound": 14}),
    Row("Travel Claims", "Claims", {"voice": 22, "email": 18}),
    Row("Atención al Cliente", "Customer Service", {"voice": 30, "message": 18}),
    Row("Social Media and Messaging", "Customer Service", {"message": 84}, "extended"),
    Row("Switchboard", "Partners", {"voice": 54}, "office", strain=0.7),
    Row(
        "Bereavement Support",
        "Customer Service",
        {"voice": 9, "email": 4},
        strain=0.5,
        voice_target=0.9,
    ),
    Row(
        "Independent Financial Advisers and Appointed Representatives Help Desk",
        "Partners",
        {"voice": 15, "email": 12},
        "office",
    ),
    Row("Head Office Facilities", "Partners", {"voice": 3, "email": 2}, "office", strain=0.8),
)
DELETED = Row("Travel Disruption", "Claims", {"voice": 40, "email": 9}, "month start", strain=1.2)
WITHOUT_QUEUE = {"ivr": 1900.0, "outbound": 26.0}

SERVICES = (
    "Billing, Claims, Sales, Renewals, Support, Payments, Policies, Motor, Home, Travel, Pets,"
    " Business, Landlords, Pensions, Savings, Loans, Mortgages, Cards, Fraud, Complaints, Brokers,"
    " Partners, Bookings, Deliveries, Returns, Accounts, Onboarding, Quotes, Surveys, Repairs,"
    " Inspections, Legal, Health, Dental, Life, Farm, Marine, Fleet, Events, Grants"
).split(", ")
TOWNS = (
    "Leeds, York, Bath, Truro, Derby, Perth, Cardiff, Swansea, Belfast, Glasgow, Dundee, Exeter,"
    " Oxford, Norwich, Preston, Bolton, Durham, Lincoln, Chester, Reading, Luton, Dover, Poole,"
    " Hull, Ely, Wells, Ripon, Salford, Stirling, Inverness, Newry, Bangor, Wigan, Crewe, Slough,"
    " Woking, Torquay, Ipswich, Kendal, Hereford, Telford, Stafford, Rugby, Kettering, Corby,"
    " Grimsby, Whitby, Buxton, Frome, Yeovil"
).split(", ")


@dataclass(frozen=True)
class Queue:
    id: str
    name: str
    division: Division
    row: Row
    deleted: bool = False


@dataclass(frozen=True)
class Stream:
    """Work of one kind for one queue, or for none: what shares all its dimensions."""

    queue: Queue | None
    kind: Kind
    a_day: float
    key: int

    @property
    def dimensions(self) -> dict[str, str]:
        """The dimensions that apply to this work."""
        direction = "outbound" if self.kind.profile.outbound else "inbound"
        shared = {
            "mediaType": self.kind.media_type,
            "direction": direction,
            "originatingDirection": direction,
        }
        if self.queue is None:
            return shared
        return {"queueId": self.queue.id, "divisionId": self.queue.division.id, **shared}


@dataclass(frozen=True)
class Organization:
    """`queues` are the listed ones, `deleted` those in no list any more."""

    id: str
    seed: int
    divisions: tuple[Division, ...]
    queues: tuple[Queue, ...]
    deleted: tuple[Queue, ...]
    streams: tuple[Stream, ...] = field(repr=False)


def _id(seed: int, what: str) -> str:
    return str(uuid5(NAMESPACE, f"{seed}/{what}"))


def made_row(number: int) -> Row:
    """The queue of this number, counted on from the table."""
    key = key_of(f"queue {number}")
    size = 80 / (number - len(ROWS) + 10) ** 0.5
    name = f"{TOWNS[number // len(SERVICES) % len(TOWNS)]} {SERVICES[number % len(SERVICES)]}"
    others = {"email": 0.3, "message": 0.4, "chat": 0.5, "callback": 0.1}
    chosen = {
        kind: size * share
        for bit, (kind, share) in enumerate(others.items())
        if key >> bit & 3 == 0
    }
    return Row(
        name,
        DIVISION_NAMES[key % len(DIVISION_NAMES)],
        {"voice": size, **chosen},
        strain=0.7 + key % 61 / 100,
        outages=key % 3 == 0,
    )


def _streams(seed: int, queues: tuple[Queue, ...]) -> Iterator[Stream]:
    for name, a_day in WITHOUT_QUEUE.items():
        yield Stream(None, KINDS[name], a_day, key_of(f"{seed}/none/{name}"))
    for queue in queues:
        for name, a_day in queue.row.work.items():
            kind = KINDS[name]
            if name == "voice":
                kind = Kind("voice", replace(VOICE, target=queue.row.voice_target))
            yield Stream(queue, kind, a_day, key_of(f"{seed}/{queue.id}/{name}"))


def build(queues: int, seed: int) -> Organization:
    """The organization with this many listed queues, and one deleted since."""
    divisions = {
        name: Division(_id(seed, f"division {name}"), name, home=place == 0)
        for place, name in enumerate(DIVISION_NAMES)
    }
    rows = (*ROWS, *(made_row(number) for number in range(len(ROWS), queues)))[:queues]
    listed = tuple(
        Queue(_id(seed, f"queue {number}"), row.name, divisions[row.division], row)
        for number, row in enumerate(rows)
    )
    deleted = Queue(
        _id(seed, "deleted queue"), DELETED.name, divisions[DELETED.division], DELETED, deleted=True
    )
    return Organization(
        id=_id(seed, "organization"),
        seed=seed,
        divisions=tuple(divisions.values()),
        queues=listed,
        deleted=(deleted,),
        streams=tuple(_streams(seed, (deleted, *listed))),
    )
