-- Figures that a run saw first; the quote stays in the warehouse: cakupan trace shows it.
SELECT
    coalesce(region_name, '') AS region,
    metric,
    value,
    unit,
    period,
    publisher,
    url,
    observation_id
FROM main.observations
WHERE first_run_id = $run_id
ORDER BY region_code, metric, period, value, observation_id
LIMIT $rows
