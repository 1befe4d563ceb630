"""Genesys Cloud interaction figures by queue and media type: the client and the numbers.

A script asks for last week like this:

    api = Api(load().connection)
    metrics = metrics_of(KPIS)
    query = AggregateQuery.of_preset("last-week", datetime.now(UTC), ZoneInfo("UTC"), metrics)
    figures = rollup.rollup(fetch.fetch(api, query, Budget(900)).frame)
"""

from typing import Final

from genesys.analytics.fetch import Answer as Answer
from genesys.analytics.frames import to_frame as to_frame
from genesys.analytics.queries import AggregateQuery as AggregateQuery
from genesys.client.api import Api as Api
from genesys.client.budget import Budget as Budget
from genesys.errors import GenesysError as GenesysError
from genesys.intervals import Granularity as Granularity
from genesys.intervals import Interval as Interval
from genesys.kpis.catalogue import KPIS as KPIS
from genesys.kpis.catalogue import Kpi as Kpi
from genesys.kpis.catalogue import metrics_of as metrics_of
from genesys.organization.directory import Directory as Directory
from genesys.organization.directory import read_directory as read_directory
from genesys.settings import load as load

VERSION: Final = "0.1.0"
