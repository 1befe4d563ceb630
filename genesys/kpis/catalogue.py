"""The KPI catalogue: each figure of the product as one frozen row.

Labels and formulas follow the Queues Performance view of Genesys Cloud and the metric
definitions of its help pages. Counts are events, times are seconds, rates are per cent.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, Final, TypeVar

from genesys.kpis.better import Better as Better  # noqa: PLC0414 - a name of this module too
from genesys.kpis.columns import COLUMN_WORDS

N = TypeVar("N")
"""A number, or many: a float, a Fraction, a Series."""


class Unit(StrEnum):
    """What a KPI's number counts."""

    COUNT = "interactions"
    PERCENT = "%"
    SECONDS = "s"

    @property
    def scale(self) -> tuple[int, int]:
        """What the top and the bottom of a quotient are taken times, so that it is in this unit."""
        return _SCALES[self]

    def scaled(self, raw: N) -> N:
        """The quotient of two frame columns in this unit: the API sends shares and milliseconds."""
        return _times(raw, *self.scale)

    def raw(self, number: N) -> N:
        """A number in this unit as the API would send it: `scaled` the other way round."""
        over, under = self.scale
        return _times(number, under, over)


_SCALES: Final = {Unit.COUNT: (1, 1), Unit.PERCENT: (100, 1), Unit.SECONDS: (1, 1000)}


def _times(number: N, over: int, under: int) -> N:
    """What is taken times or divided by 1 stays as it is: a whole number a whole one."""
    any_number: Any = number
    if under > 1:
        any_number = any_number / under
    if over > 1:
        any_number = any_number * over
    product: N = any_number
    return product


class Applies(StrEnum):
    """Where an absent count means none at all rather than no such thing.

    In all of these the group must have been offered something; see `rollup`.
    """

    EVERYWHERE = "every media type"
    ANSWERING = "every media type, callback where it shows answered, abandoned or handled work"
    ABANDONING = "voice, chat and callback; email and message where the API sent it"
    VOICE = "voice"
    SENT = "only where the API sent it"


METRIC_DEFINITIONS: Final = "Genesys Cloud Resource Center, metric definitions"
SERVICE_LEVEL_CALCULATION: Final = (
    "Genesys Cloud Resource Center, service level calculation; the organization's settings decide"
    " whether flow-outs, abandons and short abandons count"
)


@dataclass(frozen=True)
class Kpi:
    """A figure: `numerator` minus `less`, over `denominator` where there is one.

    The three name frame columns, `<metric>_<stat>`. Times are divided by 1000 and
    rates multiplied by 100 at the very end.
    """

    key: str
    label: str
    long: str
    unit: Unit
    numerator: str
    less: str = ""
    denominator: str = ""
    better: Better = Better.NEITHER
    applies: Applies = Applies.ANSWERING
    source: str = METRIC_DEFINITIONS

    @cached_property
    def columns(self) -> tuple[str, ...]:
        return tuple(name for name in (self.numerator, self.less, self.denominator) if name)

    @cached_property
    def metrics(self) -> tuple[str, ...]:
        """The API metrics it is made of."""
        return tuple(dict.fromkeys(name.rpartition("_")[0] for name in self.columns))

    @property
    def is_time(self) -> bool:
        """Whether it is totalled over media types that wait alike, apart from others."""
        return self.unit is Unit.SECONDS

    @property
    def is_maximum(self) -> bool:
        """Whether it is the greatest of its parts, and not their sum."""
        return self.numerator.endswith("_max")

    @property
    def formula(self) -> str:
        """How it is made, in the API's words."""
        top = _words(self.numerator)
        if self.less:
            top = f"{top} − {_words(self.less)}"
        return f"{top} / {_words(self.denominator)}" if self.denominator else top

    @property
    def parts(self) -> tuple[str, str]:
        """What `numerator` and `denominator`, or else `less`, count, in words after a number."""
        return COLUMN_WORDS[self.numerator], COLUMN_WORDS.get(self.denominator or self.less, "")

    @property
    def help(self) -> str:
        """What it is, which way is good, what it is over, and at the end its formula."""
        return self.helped()

    def helped(self, *more: str) -> str:
        """`help` with more sentences before the formula, which is in the API's words."""
        words = [f"{self.long}.", self.better.words]
        if self.is_time:
            words.append("Totals are over voice, callback and chat, or over the others alone.")
        elif self.applies is not Applies.EVERYWHERE:
            words.append(f"Applies: {self.applies.value}.")
        formula = f"Genesys Cloud metrics: {self.formula}, in {self.unit.value}."
        return " ".join(filter(None, [*words, *more, formula]))


def _words(column: str) -> str:
    metric, _, stat = column.rpartition("_")
    return f"{metric}.{stat}"


ANSWERING_METRICS: Final = ("tAnswered", "tAbandon", "tHandle")
"""A callback group that carries none of these is customer-first: its outcomes are on voice."""

ENDING_METRICS: Final = ("tAnswered", "tAbandon", "tFlowOut")
"""How an offered contact may end; the rest of the offered is carried over."""

WORK_METRICS: Final = ("nOffered", "tHandle")
"""What shows which media types a frame's time totals are over; see `Parts.basis`."""


def _count(
    key: str,
    label: str,
    long: str,
    metric: str,
    better: Better = Better.NEITHER,
    applies: Applies = Applies.ANSWERING,
) -> Kpi:
    return Kpi(key, label, long, Unit.COUNT, f"{metric}_count", better=better, applies=applies)


def _rate(
    key: str,
    label: str,
    long: str,
    part: str,
    whole: str,
    better: Better = Better.NEITHER,
    applies: Applies = Applies.ANSWERING,
    source: str = METRIC_DEFINITIONS,
) -> Kpi:
    return Kpi(key, label, long, Unit.PERCENT, part, "", whole, better, applies, source)


def _mean(key: str, label: str, long: str, metric: str, better: Better = Better.NEITHER) -> Kpi:
    columns = f"{metric}_sum", "", f"{metric}_count"
    return Kpi(key, label, long, Unit.SECONDS, *columns, better, Applies.SENT)


def _time(key: str, label: str, long: str, column: str, better: Better = Better.NEITHER) -> Kpi:
    return Kpi(key, label, long, Unit.SECONDS, column, better=better, applies=Applies.SENT)


# fmt: off
KPIS: Final = (
    _count("offered", "Offer", "Interactions put to the queue",
           "nOffered", applies=Applies.EVERYWHERE),
    _count("answered", "Answer", "Interactions an agent took from the queue", "tAnswered"),
    _rate("answer_pct", "Answer %", "Share of the offered that was answered",
          "tAnswered_count", "nOffered_count", better=Better.UP),
    _count("abandoned", "Abandon", "Customers who left before an agent answered",
           "tAbandon", better=Better.DOWN, applies=Applies.ABANDONING),
    _rate("abandon_pct", "Abandon %", "Share of the offered that was abandoned",
          "tAbandon_count", "nOffered_count", better=Better.DOWN, applies=Applies.ABANDONING),
    _count("short_abandoned", "Short Abandon", "Abandons under the short limit, part of Abandon",
           "tShortAbandon", applies=Applies.ABANDONING),
    _count("flow_out", "Flow-Out", "Left the queue unanswered, for a flow or another queue",
           "tFlowOut"),
    _rate("flow_out_pct", "Flow-Out %", "Share of the offered that flowed out",
          "tFlowOut_count", "nOffered_count"),
    _rate("service_level_pct", "Service Level %", "Share in time, by the organization's own rule",
          "oServiceLevel_numerator", "oServiceLevel_denominator",
          better=Better.UP, applies=Applies.SENT, source=SERVICE_LEVEL_CALCULATION),
    Kpi("met_target", "Met Target", "Interactions answered within the target time",
        Unit.COUNT, "oServiceLevel_numerator", better=Better.UP, applies=Applies.SENT,
        source=SERVICE_LEVEL_CALCULATION),
    Kpi("missed_target", "Missed Target", "Counted in the service level, but not in time",
        Unit.COUNT, "oServiceLevel_denominator", less="oServiceLevel_numerator",
        better=Better.DOWN, applies=Applies.SENT, source=SERVICE_LEVEL_CALCULATION),
    _mean("asa_sec", "ASA", "Average speed of answer: the wait of answered interactions",
          "tAnswered", better=Better.DOWN),
    _mean("avg_wait_sec", "Avg Wait", "Average wait in queue, whatever the outcome",
          "tWait", better=Better.DOWN),
    _time("max_wait_sec", "Max Wait", "Longest wait in queue", "tWait_max", better=Better.DOWN),
    _time("total_wait_sec", "Total Wait", "All waiting in queue together", "tWait_sum"),
    _mean("avg_abandon_sec", "Avg Abandon", "Average wait of those who abandoned", "tAbandon"),
    _count("handled", "Handle", "Interactions that agents finished, outbound included", "tHandle"),
    _mean("aht_sec", "Avg Handle", "Average time with an agent, after-call work included",
          "tHandle", better=Better.BASELINE),
    _time("max_handle_sec", "Max Handle", "Longest time with an agent", "tHandle_max"),
    _time("total_handle_sec", "Total Handle", "All handle time together", "tHandle_sum"),
    _mean("avg_talk_sec", "Avg Talk", "Average talk time", "tTalkComplete"),
    _time("total_talk_sec", "Total Talk", "All talk time together", "tTalkComplete_sum"),
    _count("held", "Hold", "Interactions that were put on hold", "tHeldComplete"),
    _mean("avg_hold_sec", "Avg Hold", "Average hold time of those that were held", "tHeldComplete"),
    _time("total_hold_sec", "Total Hold", "All hold time together", "tHeldComplete_sum"),
    _count("acw", "ACW", "Interactions with after-call work", "tAcw"),
    _mean("avg_acw_sec", "Avg ACW", "Average after-call work of those that had it", "tAcw"),
    _time("total_acw_sec", "Total ACW", "All after-call work together", "tAcw_sum"),
    _count("transferred", "Transfer", "Transfers started, blind and consult",
           "nTransferred", better=Better.DOWN),
    _rate("transfer_pct", "Transfer %", "Transfers for each handled interaction",
          "nTransferred_count", "tHandle_count", better=Better.DOWN),
    _count("blind_transferred", "Blind Transfer", "Transfers without a word to the next agent",
           "nBlindTransferred"),
    _count("consult_transferred", "Consult Transfer", "Transfers after a consultation",
           "nConsultTransferred"),
    _count("consulted", "Consult", "Consultations started, with or without a transfer", "nConsult"),
    _count("outbound", "Outbound", "Outbound interactions made for the queue", "nOutbound"),
    _count("not_responding", "Alert – No Answer", "Alerts that an agent let pass",
           "tNotResponding", better=Better.DOWN),
    _count("voicemail", "Voicemail", "Interactions that went to voicemail",
           "tVoicemail", applies=Applies.VOICE),
    _mean("first_response_sec", "First Response", "Average time to the first reply of an agent",
          "tFirstResponse", better=Better.DOWN),
    _mean("agent_response_sec", "Agent Response", "Average time to an agent's reply",
          "tAgentResponseTime", better=Better.DOWN),
)
# fmt: on

KPI_BY_KEY: Final = {kpi.key: kpi for kpi in KPIS}


def metrics_of(kpis: Iterable[Kpi]) -> tuple[str, ...]:
    """The API metrics that the KPIs need, those for their rules of zero or no value included.

    Those of a share of the offered tell as well how many of these were carried over.

    So a KPI has the same value whether it is asked alone or with all the others.
    """
    needed: list[str] = []
    for kpi in kpis:
        needed += kpi.metrics
        if kpi.is_time:
            needed += WORK_METRICS
        if kpi.applies is not Applies.SENT:
            needed.append("nOffered")
        if kpi.applies in (Applies.ANSWERING, Applies.ABANDONING):
            needed += ANSWERING_METRICS
        if kpi.denominator == "nOffered_count":
            needed += ENDING_METRICS
    return tuple(dict.fromkeys(needed))


CATALOGUE_METRICS: Final = metrics_of(KPIS)
"""Every metric of the catalogue: 20, as many as one request takes."""
