"""What the command line leaves behind, and the columns it is to write."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final, NamedTuple

from genesys.command_line.ending import FAILED
from tests.conftest import DEMO_NOW

GROUP: Final = "interval_start interval_end queue_id queue_name division media_type".split()
IN_CSV: Final = [
    *("interval_start", "interval_start_utc_offset", "interval_end", "interval_end_utc_offset"),
    *GROUP[2:],
]
"""Moments are local there, with their offset beside."""
KEYS: Final = (
    "offered answered answer_pct abandoned abandon_pct short_abandoned flow_out flow_out_pct"
    " service_level_pct met_target missed_target asa_sec avg_wait_sec max_wait_sec total_wait_sec"
    " avg_abandon_sec handled aht_sec max_handle_sec total_handle_sec avg_talk_sec total_talk_sec"
    " held avg_hold_sec total_hold_sec acw avg_acw_sec total_acw_sec transferred transfer_pct"
    " blind_transferred consult_transferred consulted outbound not_responding voicemail"
    " first_response_sec agent_response_sec"
).split()
COUNTS: Final = (
    "offered answered abandoned short_abandoned flow_out met_target missed_target handled held acw"
    " transferred blind_transferred consult_transferred consulted outbound not_responding voicemail"
).split()


class Done(NamedTuple):
    """An ended command: exit code, stdout, stderr."""

    code: int
    out: bytes
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def csv(self) -> list[list[str]]:
        return list(csv.reader(io.StringIO(self.out.decode("utf-8-sig"), newline="")))


def runner(main: Callable[..., int], capsysbinary: Any) -> Callable[..., Done]:
    """What runs a command line in this process, at DEMO_NOW unless another moment is named."""

    def run(words: str, *more: str, now: datetime = DEMO_NOW) -> Done:
        try:
            code = main([*words.split(), *more], now)
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else FAILED
        out, err = capsysbinary.readouterr()
        return Done(code, out, err.decode())

    return run
