-- Keeps the state that an observation has had until now, unless this run itself wrote it.
INSERT INTO core.observation_history BY NAME
SELECT o.* REPLACE (
    coalesce(o.last_run_id, b.previous_run_id) AS last_run_id,
    coalesce(o.last_version_id, b.previous_version_id) AS last_version_id,
    coalesce(o.closed_run_id, $run_id) AS closed_run_id
)
FROM core.observations o
JOIN next_rows n USING (observation_id)
JOIN batch_documents b ON b.document_id = o.document_id
WHERE n.action IN ('changed', 'reopened') AND o.since_run_id <> $run_id
