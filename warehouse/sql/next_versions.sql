-- Versions that are new or current again, and those that they take the place of.
CREATE OR REPLACE TEMP TABLE next_rows AS
SELECT
    s.* REPLACE (coalesce(v.snapshot_sha256, s.snapshot_sha256) AS snapshot_sha256),
    coalesce(v.cleaner_version, run.cleaner_version) AS cleaner_version,
    coalesce(v.first_run_id, $run_id) AS first_run_id,
    $run_id AS since_run_id,
    NULL::VARCHAR AS last_run_id,
    NULL::VARCHAR AS closed_run_id,
    'added' AS action
FROM staged_document_versions s
LEFT JOIN core.document_versions v USING (version_id)
CROSS JOIN (FROM core.runs WHERE run_id = $run_id) run
WHERE v.version_id IS NULL OR v.closed_run_id IS NOT NULL
UNION ALL BY NAME
SELECT v.* REPLACE (b.previous_run_id AS last_run_id, $run_id AS closed_run_id), 'gone' AS action
FROM core.document_versions v
JOIN batch_documents b USING (document_id)
WHERE b.state = 'changed' AND v.closed_run_id IS NULL AND v.version_id <> b.version_id
