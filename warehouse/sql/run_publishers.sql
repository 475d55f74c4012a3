-- Documents that a run saw, by publisher, with the figures that they state.
SELECT
    coalesce(d.publisher, nullif(split_part(d.source, '/', 3), ''), 'unknown') AS publisher,
    count(DISTINCT d.document_id) AS documents,
    count(o.observation_id) AS figures,
    count(o.observation_id) FILTER (o.first_run_id = $run_id) AS new_figures
FROM main.documents d
LEFT JOIN main.observations o USING (document_id)
WHERE d.last_run_id = $run_id
GROUP BY ALL
ORDER BY ALL
LIMIT $rows
