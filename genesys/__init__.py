"""Genesys Cloud interaction figures by queue and media type: the client and the numbers."""

from typing import Final

VERSION: Final = "0.1.0"
