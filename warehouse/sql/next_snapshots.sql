CREATE OR REPLACE TEMP TABLE next_rows AS
SELECT s.*, $run_id AS first_run_id, 'added' AS action
FROM staged_snapshots s
ANTI JOIN raw.snapshots USING (source, sha256)
