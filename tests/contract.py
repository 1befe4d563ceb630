"""The API's contract: values are checked against the schemas of `openapi.json`."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

from jsonschema import Draft202012Validator

OPENAPI: Final = json.loads((Path(__file__).parent / "openapi.json").read_text("utf-8"))
SCHEMAS: Final = OPENAPI["components"]["schemas"]


def validate(schema_name: str, value: Any) -> None:
    """Raises jsonschema.ValidationError where `value` does not meet the named schema."""
    _validator(schema_name).validate(value)


@cache
def _validator(schema_name: str) -> Draft202012Validator:
    reference = {"$ref": f"#/components/schemas/{schema_name}"}
    return Draft202012Validator({**reference, "components": OPENAPI["components"]})
