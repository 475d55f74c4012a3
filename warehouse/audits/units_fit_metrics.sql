-- Every observation's metric is known and its unit is the metric's.
SELECT o.observation_id, o.metric, o.unit, m.unit AS expected
FROM core.observations o
LEFT JOIN core.metrics m USING (metric)
WHERE o.closed_run_id IS NULL AND o.unit IS DISTINCT FROM m.unit
