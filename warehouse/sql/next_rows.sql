-- The rows of {table} that change: what the documents of the batch state anew, and what they no longer state.
-- A row that says the same elsewhere in the text has moved, and is not in a new state.
CREATE OR REPLACE TEMP TABLE next_rows AS
WITH known AS MATERIALIZED (
    SELECT k.*, b.previous_run_id, b.previous_version_id
    FROM {table} k
    JOIN batch_documents b USING (document_id)
    WHERE b.state <> 'superseded' AND NOT b.same_content
),
equal AS (
    SELECT {columns} FROM {staged}
    INTERSECT
    SELECT {columns} FROM known WHERE closed_run_id IS NULL
),
equal_but_place AS (
    SELECT {columns_but_place} FROM {staged}
    INTERSECT
    SELECT {columns_but_place} FROM known WHERE closed_run_id IS NULL
)
SELECT
    s.*,
    CASE WHEN p.{key} IS NULL THEN run.cleaner_version ELSE k.cleaner_version END AS cleaner_version,
    CASE WHEN p.{key} IS NULL THEN run.extractor_version ELSE k.extractor_version END AS extractor_version,
    coalesce(k.first_run_id, $run_id) AS first_run_id,
    CASE WHEN p.{key} IS NULL THEN $run_id ELSE k.since_run_id END AS since_run_id,
    NULL::VARCHAR AS last_run_id,
    NULL::VARCHAR AS last_version_id,
    NULL::VARCHAR AS closed_run_id,
    CASE
        WHEN k.{key} IS NULL THEN 'added'
        WHEN k.closed_run_id IS NOT NULL THEN 'reopened'
        WHEN p.{key} IS NOT NULL THEN 'moved'
        ELSE 'changed'
    END AS action
FROM {staged} s
ANTI JOIN equal USING ({key})
LEFT JOIN known k USING ({key})
LEFT JOIN equal_but_place p USING ({key})
CROSS JOIN (FROM core.runs WHERE run_id = $run_id) run
UNION ALL BY NAME
SELECT
    k.* EXCLUDE (previous_run_id, previous_version_id) REPLACE (
        previous_run_id AS last_run_id, previous_version_id AS last_version_id, $run_id AS closed_run_id
    ),
    'gone' AS action
FROM known k
ANTI JOIN {staged} USING ({key})
WHERE k.closed_run_id IS NULL
