"""The API's own words: its metrics, dimensions and media types, and what people say instead.

The lists are those of the official SDKs. A listed metric may still be refused by an
organization at run time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

API_METRICS: Final = tuple(
    """
    nAgentDeclined nAlertExpired nBlindTransferred nBotInteractions nCallbackAttempts
    nCallbackOverSla nCallbackScheduled nCfcOffered nCobrowseSessions nConnected nConsult
    nConsultTransferred nConversations nError nOffered nOutbound nOutboundAbandoned
    nOutboundAttempted nOutboundConnected nOverSla nStateTransitionError nTakeover nTransferred
    oAudioMessageCount oCallbackServiceLevel oExternalAudioMessageCount oExternalMediaCount
    oMediaCount oMessageCount oMessageSegmentCount oMessageTurn oServiceLevel oServiceTarget
    oSkillExpressionApplications tAbandon tAcd tActiveCallback tActiveCallbackComplete tAcw
    tAgentResponseTime tAgentVideoConnected tAlert tAnswered tAverageAgentResponseTime
    tAverageCustomerResponseTime tBarging tCallbackAbandon tCallbackConnect tCallbackNotReached
    tCallbackVirtualWait tCfcAbandon tCfcAcd tCfcAnswered tCfcFlowOut tCoaching
    tCoachingComplete tConnected tContacting tDialing tFirstConnect tFirstDial tFirstEngagement
    tFirstResponse tFlowOut tHandle tHeld tHeldComplete tIvr tMonitoring tMonitoringComplete
    tNotResponding tPark tParkComplete tScreenMonitoring tShortAbandon tSnippetRecord tTalk
    tTalkComplete tTransmitting tUserResponseTime tVoicemail tWait
    """.split()
)

GROUP_BY: Final = tuple(
    """
    activeRouting activeSkillId addressFrom addressTo agentAssistantId agentBullseyeRing
    agentOwned agentRank agentScore ani assignerId authenticated conversationId
    conversationInitiator convertedFrom convertedTo customerParticipation deliveryStatus
    destinationAddress direction disconnectType divisionId dnis edgeId eligibleAgentCount
    errorCode extendedDeliveryStatus externalContactId externalMediaCount externalOrganizationId
    externalTag firstQueue flaggedReason flowInType flowOutType groupId interactionType
    journeyActionId journeyActionMapId journeyActionMapVersion journeyCustomerId
    journeyCustomerIdType journeyCustomerSessionId journeyCustomerSessionIdType knowledgeBaseId
    mediaCount mediaType messageType originatingDirection originatingSocialMediaPublic
    outboundCampaignId outboundContactId outboundContactListId participantName peerId
    proposedAgentId provider purpose queueId remote removedSkillId requestedLanguageId
    requestedRouting requestedRoutingSkillId roomId routingPriority routingRing routingRule
    routingRuleType scoredAgentId selectedAgentId selectedAgentRank selfServed sessionDnis
    sessionId skillExpressionId stationId teamId usedRouting userId videoPresent
    waitingInteractionCount wrapUpCode
    """.split()
)

FILTER_DIMENSIONS: Final = (*GROUP_BY, "canonicalExternalContactId")

MEDIA_TYPES: Final = tuple(
    """
    callback chat cobrowse email internalmessage message screenmonitoring screenshare unknown
    video voice
    """.split()
)

VOICE_LIKE: Final = frozenset({"voice", "callback", "chat"})
"""Media types that somebody waits in; all others are deferred. Times are totalled apart."""

DISTINCT_METRICS: Final = frozenset({"nConversations"})
"""Distinct counts: neither addable over groups nor over buckets, so never split."""


def stats_of(metric: str) -> tuple[str, ...]:
    """The statistics that a metric carries, by the family its first letter names."""
    if metric in ("oServiceLevel", "oCallbackServiceLevel"):
        return ("ratio", "numerator", "denominator", "target")
    if metric == "oServiceTarget":
        return ("target",)
    return ("count", "sum", "min", "max") if metric.startswith("t") else ("count",)


@dataclass(frozen=True)
class ForeignName:
    """A name from tutorials and other tools, and what the API calls it."""

    wrong: str
    right: str


FOREIGN_NAMES: Final = (
    ForeignName("conversationCount", "nOffered (offered), tHandle (handled) or nConversations"),
    ForeignName("handleTime", "tHandle"),
    ForeignName("talkTime", "tTalkComplete"),
    ForeignName("holdTime", "tHeldComplete"),
    ForeignName("tHold", "tHeldComplete"),
    ForeignName("waitTime", "tWait (all outcomes) or tAnswered (speed of answer)"),
    ForeignName("wrapUpTime", "tAcw"),
    ForeignName("nAnswered", "tAnswered (its count)"),
    ForeignName("nAbandoned", "tAbandon (its count)"),
    ForeignName("nHandled", "tHandle (its count)"),
    ForeignName("nInServiceLevel", "oServiceLevel (its numerator)"),
    ForeignName("oWaiting", "queues/observations/query; it is no aggregate metric"),
    ForeignName("oInteracting", "queues/observations/query; it is no aggregate metric"),
    ForeignName("queue", "queueId"),
    ForeignName("queue.id", "queueId"),
    ForeignName("call", "voice"),
    ForeignName("phone", "voice"),
    ForeignName("dateFrom", "interval, as start/end"),
    ForeignName("dateTo", "interval, as start/end"),
    ForeignName("timeGrain", "granularity: PT30M, PT1H or P1D with timeZone; none leaves it out"),
    ForeignName("hourly", "granularity PT1H"),
    ForeignName("daily", "granularity P1D"),
    ForeignName("nextPageToken", "cursor (jobs only; the synchronous answer has no pages)"),
)

FOREIGN_BY_NAME: Final = {row.wrong.lower(): row.right for row in FOREIGN_NAMES}
