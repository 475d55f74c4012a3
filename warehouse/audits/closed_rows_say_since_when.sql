-- A closed observation names the last run and the last version that stated it; a current one names neither.
SELECT observation_id, last_run_id, last_version_id, closed_run_id
FROM core.observations
WHERE (closed_run_id IS NULL) <> (last_run_id IS NULL) OR (closed_run_id IS NULL) <> (last_version_id IS NULL)
