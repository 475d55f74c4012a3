-- A period is YYYY, YYYY-MM, YYYY-MM-DD or START/END, its days exist, and it does not end before it begins.
SELECT observation_id, period, core.period_first_day(period) AS first_day, core.period_last_day(period) AS last_day
FROM core.observations
WHERE period IS NOT NULL
    AND (
        NOT regexp_full_match(period, '\d{4}(-\d{2}(-\d{2})?)?(/\d{4}(-\d{2}(-\d{2})?)?)?')
        OR first_day IS NULL OR last_day IS NULL OR last_day < first_day
    )
