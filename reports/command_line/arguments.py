"""The options of the commands: those of a report, and what is shown."""

from __future__ import annotations

import argparse
from typing import Final

from genesys import VERSION
from genesys.command_line.arguments import common, selecting
from genesys.insights.earlier import Way
from genesys.kpis.catalogue import KPI_BY_KEY
from genesys.kpis.sets import KPI_SETS
from genesys.names import require_known
from reports.files import FILES
from reports.scenes.choice import MOST_LETTERS, Choice
from reports.scenes.definitions import KEYS

USUAL_KPIS: Final = ",".join(KPI_SETS[0].kpis)


def parser() -> argparse.ArgumentParser:
    """The options of all commands: one makes one kind of file."""
    whole = argparse.ArgumentParser(
        prog="python -m reports", description="The scenes of a meeting as a file."
    )
    whole.add_argument("--version", action="version", version=f"%(prog)s {VERSION}")
    commands = whole.add_subparsers(dest="command", required=True)
    for file in FILES:
        command = commands.add_parser(file.key, parents=[common(), selecting()], help=file.label)
        _add_shown(command)
        command.set_defaults(default_format=file.form, possible=(file.form,), format=None)
    return whole


def _add_shown(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--kpis", metavar="KEYS", help=f"of {', '.join(KPI_BY_KEY)}; the usual six by default")
    add("--title", default="", metavar="TEXT", help="the organization's name by default")
    add("--subtitle", default="", metavar="TEXT", help="the days by default")
    add("--scenes", default="", metavar="KEYS", help=f"in this order; of {', '.join(KEYS)}")
    parser.set_defaults(compare=Way.PREVIOUS.value, targets="", kpis=USUAL_KPIS)


def choice_of(options: argparse.Namespace) -> Choice:
    """What is shown; raises QueryError for a scene that is not known."""
    scenes = tuple(dict.fromkeys(options.scenes.replace(",", " ").split()))
    require_known("scene", scenes, KEYS)
    title, subtitle = (text.strip()[:MOST_LETTERS] for text in (options.title, options.subtitle))
    return Choice(title, subtitle, scenes)
