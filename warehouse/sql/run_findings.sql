-- Findings that a run wrote and that somebody should look at; the sentences stay in the warehouse: the view findings.
SELECT
    severity,
    kind,
    rule,
    coalesce(region_name, publisher) AS about,
    stated,
    computed,
    len(observation_ids) AS observations,
    finding_id
FROM main.findings
WHERE since_run_id = $run_id AND severity <> 'info'
ORDER BY severity, kind, about, finding_id
LIMIT $rows
