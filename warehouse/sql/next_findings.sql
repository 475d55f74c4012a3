-- Findings that are new, changed or found again, and those of the checked regions that are gone.
CREATE OR REPLACE TEMP TABLE next_rows AS
WITH equal AS (
    SELECT * FROM staged_findings
    INTERSECT
    SELECT * EXCLUDE (first_run_id, since_run_id, last_run_id, closed_run_id)
    FROM core.findings WHERE closed_run_id IS NULL
)
SELECT
    s.*,
    coalesce(k.first_run_id, $run_id) AS first_run_id,
    $run_id AS since_run_id,
    NULL::VARCHAR AS last_run_id,
    NULL::VARCHAR AS closed_run_id,
    CASE WHEN k.finding_id IS NULL OR k.closed_run_id IS NOT NULL THEN 'added' ELSE 'changed' END AS action
FROM staged_findings s
ANTI JOIN equal USING (finding_id)
LEFT JOIN core.findings k USING (finding_id)
UNION ALL BY NAME
SELECT k.* REPLACE (k.since_run_id AS last_run_id, $run_id AS closed_run_id), 'gone' AS action
FROM core.findings k
ANTI JOIN staged_findings USING (finding_id)
WHERE k.closed_run_id IS NULL
    AND (k.kind = 'freshness' OR coalesce(k.region_code, '') IN (SELECT region_code FROM changed_regions))
