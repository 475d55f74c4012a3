"""When an address is asked again, and what its failures change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tasks.fetch.state import KnownAddress, after_failure, after_unchanged, find_again, next_check

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def known(**more: object) -> KnownAddress:
    values: dict[str, object] = {"state": "taken", "found_at": NOW - timedelta(days=400), "checked_at": NOW, **more}
    return KnownAddress(address_key="k", address="https://k.example/1", source_id="s", kind="article", **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("age", "pause"),
    [
        (timedelta(hours=1), timedelta(hours=6)),
        (timedelta(days=2), timedelta(days=1)),
        (timedelta(days=30), timedelta(days=15)),
        (timedelta(days=300), timedelta(days=60)),
        (timedelta(days=-3), timedelta(hours=6)),
    ],
)
def test_new_articles_are_asked_more_often_than_old_ones(age: timedelta, pause: timedelta) -> None:
    assert next_check(known(published_at=NOW - age), NOW) == NOW + pause
    assert after_unchanged(known(published_at=NOW - age, failures=3), NOW).failures == 0


def test_an_announced_change_makes_due_and_only_once_even_if_the_publishers_clock_is_hours_ahead() -> None:
    before = known(due_at=NOW + timedelta(days=5), modified_at=NOW - timedelta(days=3))
    ahead = known(state="waiting", found_at=NOW, modified_at=NOW + timedelta(hours=7))
    found = find_again(before, ahead)
    assert found.is_due(NOW)
    checked = after_unchanged(found, NOW)
    assert not checked.is_due(NOW)
    assert find_again(checked, ahead) == checked


def test_what_is_gone_or_a_variant_is_not_asked_again_whatever_lists_say() -> None:
    news = known(state="waiting", found_at=NOW, modified_at=NOW + timedelta(days=1))
    for state in ("gone", "variant", "refused"):
        assert not find_again(known(state=state, due_at=None), news).is_due(NOW + timedelta(days=900))


def test_failures_wait_longer_each_time_and_end() -> None:
    address, pauses, moment = known(state="waiting", checked_at=None, due_at=NOW), [], NOW
    while address.state == "waiting":
        address = after_failure(address, "too_large", moment)
        if address.due_at is not None:
            pauses.append((address.due_at - moment) // timedelta(hours=1))
            moment = address.due_at
    assert pauses == [2, 4, 8, 16, 32, 64, 128]
    assert (address.state, address.due_at) == ("refused", None)


def test_a_host_that_could_not_be_asked_costs_the_article_nothing() -> None:
    address = known(due_at=NOW)
    for kind in ("host_closed", "robots_unreachable"):
        assert after_failure(address, kind, NOW) == address


def test_a_taken_article_is_never_given_up() -> None:
    address = known(due_at=NOW, failures=50)
    assert after_failure(address, "slow", NOW).state == "taken"
    assert after_failure(address, "gone", NOW).state == "gone"
