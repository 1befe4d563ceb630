"""From a selection to figures, asked once and kept for their life."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from dashboard.data import last_good, organization
from dashboard.data.client import Client
from dashboard.data.kept_days import held, keep_soon, kept_days
from dashboard.data.view import View
from dashboard.selecting.selection import CUSTOM, Selection
from dashboard.together import packing
from dashboard.together.counting import LEASE_WAITS, count
from dashboard.together.rate import heed_others
from dashboard.together.sharing import Kind, shared_each
from dashboard.together.standing import store
from genesys.analytics.cut import cut
from genesys.analytics.fetch import Answer, Progress
from genesys.analytics.half_hours import nothing_held
from genesys.analytics.queries import AggregateQuery
from genesys.days.asking import ask
from genesys.errors import GenesysError, QueryError
from genesys.insights.comparison import Comparison, comparison
from genesys.intervals import Interval, in_minutes, start_of_day
from genesys.organization.directory import Directory
from reports.data import asking, keeping, lives
from reports.data.asking import Asker, Selected
from reports.data.figures import Figures, Rows
from reports.data.keeping import Lasting
from reports.data.kept import forget_each, kept, kept_each, kept_lasting
from reports.data.source import Source

OnProgress = Callable[[Progress], None]


@dataclass(frozen=True)
class Question:
    """A query to an organization: what its answer is kept under."""

    source: Source
    query: AggregateQuery


def now() -> datetime:
    """The present moment; tests put another in its place."""
    return datetime.now(UTC)


def clear() -> None:
    """Forget all that is kept, the client too; the demo organization goes on."""
    keeping.KEPT.clear()
    organization.clear()


def refresh(who: Source, interval: Interval) -> None:
    """Forget what is kept of an interval, and the queues, so that they are asked anew."""
    organization.refresh()
    _running_until.forget(interval.start, who)
    dropped = forget_each(Question, lambda asked: asked.query.interval.start == interval.start)
    keys = [_key(organization.client(), each) for each in dropped]
    store().drop([*keys, _until_key(interval.start, who)])


def view(selection: Selection, on_progress: OnProgress) -> View:
    """The figures of a selection, or its last good ones with what hinders newer ones.

    Raises GenesysError where there are none, and whatever `on_progress` raises.
    """
    of = organization.client(), selection, organization.sight()
    try:
        seen = _view(selection, on_progress)
    except QueryError:
        raise
    except GenesysError as error:
        old: View | None = last_good.recall(of)
        if old is None or old.figures.interval.start != _start(selection, old.figures.source):
            raise
        return replace(old, trouble=error)
    last_good.remember(of, seen)
    return seen


def _start(selection: Selection, who: Source) -> datetime:
    """Where the selection begins by now: today's last good figures are not tomorrow's."""
    return selection.interval(now(), who.zone, who.week_begins).start


def _view(selection: Selection, on_progress: OnProgress) -> View:
    who, queues = organization.source(selection.zone, selection.as_of), organization.directory()
    interval = _interval(selection, who)
    may_see = organization.permitted()
    selected = Selected(
        who,
        queues,
        interval,
        _comparison(selection, interval, who),
        selection.step_for(interval).granularity,
        _of_those(selection.queues(queues, seen=()), may_see),
        partial(_wanted, selection, queues, may_see),
        selection.media_types,
        organization.sight(),
    )
    return View(asking.figures_of(selected, asker(who, on_progress)), selection)


def half_hours(figures: Figures, on_progress: OnProgress) -> Rows:
    """`asking.half_hours` of figures."""
    return asking.half_hours(figures, asker(figures.source, on_progress))


def trouble(figures: Figures, on_progress: OnProgress) -> Rows:
    """`asking.trouble` of figures."""
    return asking.trouble(figures, asker(figures.source, on_progress))


def day_and_usual(figures: Figures, day: date, on_progress: OnProgress) -> tuple[Rows, Rows]:
    """`asking.day_and_usual` of figures."""
    return asking.day_and_usual(figures, day, asker(figures.source, on_progress))


def outcomes(figures: Figures, on_progress: OnProgress) -> tuple[Rows, Rows]:
    """`asking.outcomes` of figures."""
    return asking.outcomes(figures, asker(figures.source, on_progress))


def asker(who: Source, on_progress: OnProgress) -> Asker:
    """Asks what is not kept."""

    def answers(asked: Sequence[AggregateQuery]) -> list[Answer]:
        return _answers(asked, who, on_progress)

    days = kept_days(organization.client(), who)
    holds = partial(held, days.place) if days else nothing_held
    return Asker(answers, organization.whole_directory().queues, holds)


def _wanted(
    selection: Selection,
    queues: Directory,
    may_see: frozenset[str] | None,
    seen: Collection[str],
) -> frozenset[str] | None:
    """The queues selected among the listed ones and those seen; None is all.

    Who may not see all has none but those they may see, whatever is selected.
    """
    wanted = _of_those(selection.queues(queues, seen), may_see)
    if wanted is not None and not wanted:
        named = f"with {selection.find!r} in its name" if selection.find else "that is chosen"
        where = " in the chosen divisions" if selection.divisions else ""
        raise QueryError(f"There is no queue {named}{where}.", "Change the filters or clear them.")
    return wanted


def _of_those(
    queue_ids: frozenset[str] | None, may_see: frozenset[str] | None
) -> frozenset[str] | None:
    """The queues as far as they may be seen; None is all of them."""
    if may_see is None:
        return queue_ids
    return may_see if queue_ids is None else queue_ids & may_see


def _comparison(selection: Selection, interval: Interval, who: Source) -> Comparison:
    preset = "" if selection.period == CUSTOM else selection.period
    return comparison(interval, selection.compare, who.zone, now(), preset, who.week_begins)


def _interval(selection: Selection, who: Source) -> Interval:
    """The selection's interval; a running one keeps its end for its life.

    So all that is asked of it within that, the earlier interval too, is up to one moment.
    """
    interval = selection.interval(now(), who.zone, who.week_begins)
    if not _is_running(interval, who.zone):
        return interval
    return selection.interval(_running_until(interval.start, who), who.zone, who.week_begins)


@kept_lasting
def _running_until(start: datetime, who: Source) -> Lasting[datetime]:
    """The moment up to which running intervals with this start are asked for, on all servers."""
    moment = now()
    said = store().first(_until_key(start, who), moment.isoformat().encode(), lives.RUNNING)
    try:
        first = datetime.fromisoformat(said.decode())
        left = lives.RUNNING - (moment - first)
    except (ValueError, TypeError):  # no moment, or one of no zone
        return Lasting(moment, lives.RUNNING)
    fits = timedelta(0) < left <= lives.RUNNING
    return Lasting(first, left) if fits else Lasting(moment, lives.RUNNING)


def _until_key(start: datetime, who: Source) -> str:
    return f"{organization.client().share}:until:{who.zone.key}:{start.isoformat()}"


def _is_running(interval: Interval, zone: ZoneInfo) -> bool:
    """Whether it was cut at the present moment; a day that has just ended was not."""
    moment = in_minutes(now())
    today = start_of_day(moment.astimezone(zone).date(), zone)
    return interval.end >= moment and interval.end != today


def _answers(asked: Sequence[AggregateQuery], who: Source, on_progress: OnProgress) -> list[Answer]:
    """The answers to the queries, of what the person who looks may see.

    The one door to answers: nothing of other queues comes through it, in whatever is made of them.
    """
    may_see = organization.permitted()
    whole = _whole_answers(asked, who, on_progress)
    return whole if may_see is None else [_cut(each, may_see) for each in whole]


@kept
def _cut(answer: Answer, queue_ids: frozenset[str]) -> Answer:
    return cut(answer, queue_ids)


def _whole_answers(
    asked: Sequence[AggregateQuery], who: Source, on_progress: OnProgress
) -> list[Answer]:
    """The kept answers to the queries; those that are not kept are asked in one plan.

    Of that what kept days know is not asked of the organization.
    """
    of = organization.client()

    def fetch(questions: Sequence[Question], alive: Callable[[], None]) -> Sequence[Answer]:
        def show(progress: Progress) -> None:
            alive()
            on_progress(progress)

        days = kept_days(of, who)
        heed_others(store(), of.api, of.share)
        answers = ask(
            days,
            of.api,
            [question.query for question in questions],
            organization.budget(now),
            on_progress=show,
            refusals=of.refusals,
            known=who.known,
        )
        keep_soon(days, answers)
        return answers

    def wait() -> None:
        on_progress(Progress(0, 0))

    def wait_for_another() -> None:
        count(LEASE_WAITS)
        wait()

    def ask_together(questions: Sequence[Question]) -> Sequence[Lasting[Answer]]:
        return shared_each(store(), _kind(of), questions, fetch, on_wait=wait_for_another)

    return kept_each([Question(who, query) for query in asked], ask_together, wait)


def _kind(of: Client) -> Kind[Question, Answer]:
    """How answers are shared among servers."""
    return Kind(
        key=partial(_key, of),
        life=_life,
        write=packing.write_answer,
        read=lambda question, packed: packing.read_answer(packed, question.query, of.api.url),
    )


def _key(of: Client, question: Question) -> str:
    known = f"{question.source.as_of}:" if question.source.as_of else ""
    return f"{of.share}:answer:{known}{packing.query_name(question.query)}"


def _life(question: Question) -> timedelta:
    is_running = _is_running(question.query.interval, question.source.zone)
    return lives.RUNNING if is_running else lives.CLOSED
