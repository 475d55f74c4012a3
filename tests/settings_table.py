"""The table of docs/settings.md, from the class: ``make settings`` writes it, a test compares."""

from __future__ import annotations

from pathlib import Path

from tasks.settings import PREFIX, Settings

PAGE = Path(__file__).parent.parent / "docs" / "settings.md"
_HEAD = "| setting | means | default |\n|---|---|---|\n"


def table() -> str:
    """A line for each setting."""
    lines = []
    for name, field in Settings.model_fields.items():
        default = field.default if field.default not in (None, ()) else "none"
        lines.append(f"| `{PREFIX}{name.upper()}` | {field.description} | {default} |\n")
    return _HEAD + "".join(lines)


def page() -> str:
    """The page with its table written anew."""
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(_HEAD)
    return before + table() + rest[rest.index("\n\n") + 1 :]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
