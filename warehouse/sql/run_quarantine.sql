-- What a run set aside.
SELECT
    source,
    stage,
    kind,
    reason,
    remedy,
    CASE WHEN first_run_id = $run_id THEN 'new' ELSE 'known' END AS since
FROM main.quarantine
WHERE last_run_id = $run_id
ORDER BY since DESC, stage, kind, source, reason
LIMIT $rows
