"""What an operator can set, and where a run keeps its things: the one class of settings.

A value is taken from the environment (``CAKUPAN_DATA``), else from ``.env``, else from ``cakupan.toml``
(``data = "…"``), both in the current folder, else it is the default. docs/settings.md is written from this class.

Everything that is made at run time lies in one folder, so that a backup is a copy of that folder and a second
warehouse is a second folder.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

from dotenv import dotenv_values
from pydantic import Field, PrivateAttr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from tasks.errors import UsageError

PREFIX = "CAKUPAN_"
ENVIRONMENT_FILE = ".env"
FILE = "cakupan.toml"
_REMEDY = "mend it; docs/settings.md has all settings"
_PUBLISHED_NAME = "cakupan.duckdb"


class Settings(BaseSettings):
    """The settings of one process; made by :func:`read_settings`, which also says what is wrong with them."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=ENVIRONMENT_FILE,
        toml_file=FILE,
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
    )

    data: Path = Field(Path("data"), description="the folder of everything that is made at run time")
    contact: str | None = Field(
        None, description="a mail address or a page at which publishers reach you; `refresh` asks no site without one"
    )
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="hosts, separated by commas, that may be in your own network"
    )
    documents_a_batch: int = Field(
        400, ge=1, le=5000, description="documents that one task reads, and one transaction loads"
    )
    pages_a_batch: int = Field(100, ge=1, le=5000, description="pages that a refresh fetches before it loads them")
    silent_days: int = Field(14, ge=1, description="days without a new article after which a source is called silent")
    readable_floor: float = Field(
        0.9, ge=0, le=1, description="share of the last week's documents that must be readable, else an alert is raised"
    )
    server_host: str = Field("127.0.0.1", description="address on which `cakupan up` lets its Prefect server listen")
    server_port: int = Field(4200, ge=1, le=65535, description="its port")

    _published: Path | None = PrivateAttr(None)

    @field_validator("data")
    @classmethod
    def _whole_path(cls, path: Path) -> Path:
        return path.expanduser().absolute()

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def _split_hosts(cls, hosts: object) -> object:
        if not isinstance(hosts, str):
            return hosts
        return tuple(host.strip().lower() for host in hosts.split(",") if host.strip())

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Adds the file behind the environment."""
        return init_settings, env_settings, dotenv_settings, TomlConfigSettingsSource(settings_cls)

    @property
    def published(self) -> Path:
        """The file that SQL users open."""
        return self._published or self.data / _PUBLISHED_NAME

    @property
    def warehouse(self) -> Path:
        """The file that runs write; nobody else opens it."""
        return self.published.with_name(f"{self.published.stem}-work{self.published.suffix}")

    @property
    def snapshots(self) -> Path:
        """The folder of pages and files as received."""
        return self.data / "snapshots"

    @property
    def prefect(self) -> Path:
        """The home of Prefect's own database and messages."""
        return self.data / "prefect"

    @property
    def log(self) -> Path:
        """The file that gets the details of an unexpected error."""
        return self.data / "cakupan.log"


def read_settings(warehouse: str | Path | None = None) -> Settings:
    """The settings; ``warehouse``, a folder or the published copy (``.duckdb``), goes before ``data``.

    Raises :class:`UsageError` for a setting that does not exist or has a value that it cannot have, and when
    ``warehouse`` can be neither a folder nor a published copy.
    """
    _refuse_unknown()
    if warehouse is None:
        return _read()
    path = Path(warehouse).expanduser().absolute()
    if path.is_dir():
        return _read(data=path)
    if path.suffix not in {".duckdb", ".db", ".ddb"}:
        raise UsageError(
            path,
            "is not the name of a warehouse",
            "give a path that ends in .duckdb, or a folder that exists",
        )
    settings = _read(data=path.parent)
    settings._published = path
    return settings


def _read(**values: Any) -> Settings:
    try:
        return Settings(**values)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        reason = f"cannot be {first['input']!r}: {first['msg'][:1].lower()}{first['msg'][1:]}"
        raise UsageError(f"{PREFIX}{name.upper()}", reason, _REMEDY) from error


def _refuse_unknown() -> None:
    """A misspelt setting would be a default that nobody notices."""
    known = set(Settings.model_fields)
    for place, name, setting in _names_set():
        if setting not in known:
            raise UsageError(name, f"is no setting ({place})", _REMEDY)


def _names_set() -> Iterator[tuple[str, str, str]]:
    """Where each setting is given, as it is written there, and its name."""
    for place, names in (("environment", os.environ), (ENVIRONMENT_FILE, dotenv_values(ENVIRONMENT_FILE))):
        for name in names:
            if name.startswith(PREFIX):
                yield place, name, name.removeprefix(PREFIX).lower()
    for name in _read_file():
        yield FILE, name, name


def _read_file() -> dict[str, Any]:
    try:
        return tomllib.loads(Path(FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(Path(FILE).absolute(), f"cannot be read: {error}", _REMEDY) from error
