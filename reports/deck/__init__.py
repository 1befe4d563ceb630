"""The deck: the scenes of a meeting as slides with charts and tables that can be edited."""

from reports.deck.deck import to_pptx as to_pptx
