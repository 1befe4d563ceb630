"""The frame columns that KPIs are made of, and what each counts."""

from __future__ import annotations

from typing import Final

COLUMN_WORDS: Final = {
    "nOffered_count": "offered",
    "tAnswered_count": "answered",
    "tAnswered_sum": "waited until answered",
    "tAbandon_count": "abandoned",
    "tAbandon_sum": "waited until abandoned",
    "tShortAbandon_count": "abandoned within the short limit",
    "tFlowOut_count": "flowed out",
    "oServiceLevel_numerator": "in time",
    "oServiceLevel_denominator": "answered or abandoned",
    "tWait_count": "waits",
    "tWait_sum": "waited",
    "tWait_max": "waited by the one that waited longest",
    "tHandle_count": "handled",
    "tHandle_sum": "handled",
    "tHandle_max": "handled of the one that took longest",
    "tTalkComplete_count": "talked with",
    "tTalkComplete_sum": "talked",
    "tHeldComplete_count": "put on hold",
    "tHeldComplete_sum": "on hold",
    "tAcw_count": "with after-call work",
    "tAcw_sum": "of after-call work",
    "nTransferred_count": "transferred",
    "nBlindTransferred_count": "transferred blind",
    "nConsultTransferred_count": "transferred after a consultation",
    "nConsult_count": "consultations",
    "nOutbound_count": "outbound",
    "tNotResponding_count": "alerts let pass",
    "tVoicemail_count": "to voicemail",
    "tFirstResponse_count": "first replies",
    "tFirstResponse_sum": "until the first reply",
    "tAgentResponseTime_count": "replies",
    "tAgentResponseTime_sum": "until a reply",
}
"""What each column of the catalogue counts, as words that follow its number."""
