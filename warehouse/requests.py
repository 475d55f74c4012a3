"""What a refresh keeps: its requests, and what is known of each address."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from tasks.fetch.records import Request
from tasks.fetch.state import KnownAddress
from warehouse.arrow import Row, staged
from warehouse.failures import explain_failures
from warehouse.schema import transaction
from warehouse.staging import utc_time
from warehouse.statements import statement
from warehouse.store import Warehouse


def read_addresses(warehouse: Warehouse) -> dict[str, KnownAddress]:
    """All addresses that are known, by their key; raises :class:`WarehouseError`."""
    with explain_failures(warehouse.path):
        rows = warehouse.connection.execute(statement("list_addresses"))
        names = [column[0] for column in rows.description]
        records = [dict(zip(names, map(_with_zone, row), strict=True)) for row in rows.fetchall()]
    return {str(record["address_key"]): KnownAddress(**record) for record in records}


def save_requests(
    warehouse: Warehouse, run_id: str, requests: Sequence[Request], addresses: Iterable[KnownAddress]
) -> None:
    """Adds requests and brings addresses up to date, all or nothing; raises :class:`WarehouseError`."""
    asked: list[Row] = [
        {**asdict(each), "requested_at": utc_time(each.requested_at), "run_id": run_id} for each in requests
    ]
    known: dict[str, Row] = {
        each.address_key: {name: _without_zone(value) for name, value in asdict(each).items()} | {"run_id": run_id}
        for each in addresses
    }
    connection = warehouse.connection
    rows = {"raw.requests": asked, "raw.addresses": list(known.values())}
    with explain_failures(warehouse.path), transaction(connection), staged(connection, rows):
        connection.execute(statement("save_requests"))
        connection.execute(statement("save_addresses"))


def _with_zone(value: Any) -> Any:
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) else value


def _without_zone(value: object) -> object:
    return value.astimezone(UTC).replace(tzinfo=None) if isinstance(value, datetime) else value
