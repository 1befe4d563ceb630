"""How work of each media type behaves: waiting, leaving, talking, holding, after-call work.

A profile is a frozen row of plain numbers, so that the contacts of all queues can be made at once.
Times are medians or means in milliseconds, chances lie between 0 and 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

SECOND = 1000.0
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE


@dataclass(frozen=True, kw_only=True)
class Profile:
    """One way of working; `sigma` is the spread of a lognormal around its median.

    Work either stands in a line (`delay_chance`, `delay_ms`: at once or after an exponential wait)
    or lies in a backlog (`backlog_ms`), which `staffed` ones work off in staffed hours only.
    """

    offered: bool = True
    agent: bool = True
    outbound: bool = False
    self_service: bool = False
    ring_ms: float = 0.0
    delay_chance: float = 0.0
    delay_ms: float = 0.0
    backlog_ms: float = 0.0
    backlog_sigma: float = 1.0
    staffed: bool = False
    patience_ms: float = inf
    overflow_ms: float = inf
    flow_chance: float = 0.0
    voicemail_chance: float = 0.0
    connected_chance: float = 0.0
    no_answer_chance: float = 0.0
    contacting_ms: float = 0.0
    dialing_ms: float = 0.0
    reached_chance: float = 1.0
    talk_ms: float = 0.0
    talk_sigma: float = 0.65
    hold_chance: float = 0.0
    hold_ms: float = 0.0
    hold_sigma: float = 0.8
    acw_chance: float = 0.0
    acw_ms: float = 0.0
    acw_sigma: float = 0.7
    transfer_chance: float = 0.0
    replies: float = 0.0
    reply_ms: float = 0.0
    target: float = 0.0
    target_ms: float = 0.0


VOICE = Profile(
    ring_ms=3 * SECOND,
    delay_chance=0.27,
    delay_ms=38 * SECOND,
    patience_ms=300 * SECOND,
    overflow_ms=15 * MINUTE,
    flow_chance=0.012,
    voicemail_chance=0.3,
    no_answer_chance=0.025,
    talk_ms=215 * SECOND,
    hold_chance=0.33,
    hold_ms=42 * SECOND,
    acw_chance=0.93,
    acw_ms=38 * SECOND,
    transfer_chance=0.085,
    target=0.8,
    target_ms=20 * SECOND,
)
CHAT = Profile(
    ring_ms=4 * SECOND,
    delay_chance=0.33,
    delay_ms=45 * SECOND,
    patience_ms=260 * SECOND,
    overflow_ms=12 * MINUTE,
    flow_chance=0.01,
    no_answer_chance=0.03,
    talk_ms=470 * SECOND,
    hold_chance=0.04,
    hold_ms=60 * SECOND,
    acw_chance=0.8,
    acw_ms=30 * SECOND,
    transfer_chance=0.06,
    replies=4.0,
    reply_ms=38 * SECOND,
    target=0.8,
    target_ms=40 * SECOND,
)
MESSAGE = Profile(
    backlog_ms=55 * SECOND,
    backlog_sigma=1.25,
    staffed=True,
    flow_chance=0.16,
    connected_chance=0.5,
    no_answer_chance=0.02,
    talk_ms=180 * SECOND,
    talk_sigma=0.9,
    hold_chance=0.97,
    hold_ms=380 * SECOND,
    hold_sigma=0.95,
    acw_chance=0.99,
    acw_ms=24 * SECOND,
    acw_sigma=1.4,
    transfer_chance=0.05,
    replies=5.0,
    reply_ms=75 * SECOND,
    target=0.8,
    target_ms=3 * MINUTE,
)
EMAIL = Profile(
    backlog_ms=4.5 * HOUR,
    backlog_sigma=1.05,
    staffed=True,
    flow_chance=0.012,
    connected_chance=0.05,
    talk_ms=7 * MINUTE,
    talk_sigma=1.1,
    hold_chance=0.55,
    hold_ms=11 * MINUTE,
    hold_sigma=1.7,
    acw_chance=0.95,
    acw_ms=7 * SECOND,
    acw_sigma=1.0,
    transfer_chance=0.16,
    replies=1.0,
    reply_ms=6 * MINUTE,
    target=0.8,
    target_ms=24 * HOUR,
)
CALLBACK_CUSTOMER_FIRST = Profile(
    agent=False,
    backlog_ms=16 * MINUTE,
    backlog_sigma=0.75,
    connected_chance=0.2,
)
CALLBACK_AGENT_FIRST = Profile(
    backlog_ms=14 * MINUTE,
    backlog_sigma=0.8,
    contacting_ms=2 * SECOND,
    dialing_ms=16 * SECOND,
    connected_chance=0.75,
    no_answer_chance=0.02,
    talk_ms=260 * SECOND,
    hold_chance=0.2,
    hold_ms=40 * SECOND,
    acw_chance=0.9,
    acw_ms=45 * SECOND,
    transfer_chance=0.04,
    target=0.8,
    target_ms=30 * MINUTE,
)
OUTBOUND_VOICE = Profile(
    offered=False,
    outbound=True,
    contacting_ms=2 * SECOND,
    dialing_ms=16 * SECOND,
    reached_chance=0.62,
    talk_ms=150 * SECOND,
    hold_chance=0.1,
    hold_ms=35 * SECOND,
    acw_chance=0.85,
    acw_ms=40 * SECOND,
    transfer_chance=0.02,
)
OUTBOUND_EMAIL = Profile(
    offered=False,
    outbound=True,
    talk_ms=5 * MINUTE,
    talk_sigma=0.9,
    hold_chance=0.2,
    hold_ms=8 * MINUTE,
    hold_sigma=1.2,
    acw_chance=0.9,
    acw_ms=8 * SECOND,
)
IVR = Profile(offered=False, agent=False, self_service=True, talk_ms=72 * SECOND, talk_sigma=0.7)


@dataclass(frozen=True)
class Kind:
    """A kind of work as a queue's row names it: the API's media type, and its profile."""

    media_type: str
    profile: Profile


KINDS = {
    "voice": Kind("voice", VOICE),
    "chat": Kind("chat", CHAT),
    "message": Kind("message", MESSAGE),
    "email": Kind("email", EMAIL),
    "callback": Kind("callback", CALLBACK_CUSTOMER_FIRST),
    "agent_first_callback": Kind("callback", CALLBACK_AGENT_FIRST),
    "outbound": Kind("voice", OUTBOUND_VOICE),
    "outbound_email": Kind("email", OUTBOUND_EMAIL),
    "ivr": Kind("voice", IVR),
}
