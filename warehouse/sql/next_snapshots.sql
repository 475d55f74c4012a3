-- Snapshots that are new, or that turn out to have been received earlier than was known.
CREATE OR REPLACE TEMP TABLE next_rows AS
SELECT s.*, coalesce(k.first_run_id, $run_id) AS first_run_id, 'received' AS action
FROM staged_snapshots s
LEFT JOIN raw.snapshots k USING (source, sha256)
WHERE k.source IS NULL OR s.retrieved_at < k.retrieved_at
