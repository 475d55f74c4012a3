-- A document has one version that is current.
SELECT document_id, count(*) AS current_versions
FROM core.document_versions
WHERE closed_run_id IS NULL
GROUP BY document_id
HAVING current_versions <> 1
