"""Settings of the environment and, under it, of a `.env` file; an empty value is none."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from io import StringIO
from pathlib import Path

from dotenv.parser import parse_stream

from genesys.errors import ConfigurationError
from genesys.names import did_you_mean


def both(
    environ: Mapping[str, str], path: Path | None, names: Collection[str], prefix: str
) -> dict[str, str]:
    """The values of these names, the environment's before the file's where there is one.

    Raises ConfigurationError where the file is no such file, or sets another name of the prefix.
    """
    return {**_of_file(path, names, prefix), **filled(environ, names)}


def filled(values: Mapping[str, str | None], names: Collection[str]) -> dict[str, str]:
    """The values of these names that are not empty."""
    stripped = {name: (values.get(name) or "").strip() for name in names}
    return {name: value for name, value in stripped.items() if value}


def _of_file(path: Path | None, names: Collection[str], prefix: str) -> dict[str, str]:
    if path is None or not path.exists():
        return {}
    text = _text(path)
    if text is None:
        raise ConfigurationError(f"The file {path} cannot be read.", "Save it as UTF-8 text.")
    return filled(_pairs(path, text, names, prefix), names)


def _pairs(path: Path, text: str, names: Collection[str], prefix: str) -> dict[str, str | None]:
    """The file's keys and values; a line is named by its number alone, as it may hold a secret."""
    pairs: dict[str, str | None] = {}
    for line in parse_stream(StringIO(text)):
        name, number = line.key or "", line.original.line + len(_leading(line.original.string))
        if line.error or (name and line.value is None):
            what, todo = "is no KEY=VALUE", "Write each setting as KEY=VALUE on a line of its own."
        elif name in pairs and pairs[name] != line.value:
            what, todo = f"sets {name} again, to something else", "Leave one of the two out."
        elif name.startswith(prefix) and name not in names:
            what = f"sets {name}, which is no setting"
            todo = did_you_mean(name, names) or f"Settings are {', '.join(names)}."
        else:
            pairs |= {name: line.value} if name else {}
            continue
        raise ConfigurationError(f"{path}, line {number} {what}.", todo)
    return pairs


def _leading(text: str) -> list[str]:
    """The empty lines that the parser counts to the statement behind them."""
    return text[: len(text) - len(text.lstrip())].splitlines()


def _text(path: Path) -> str | None:
    """None where it is no UTF-8 text; the error itself would carry the secrets along."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeError):
        return None
