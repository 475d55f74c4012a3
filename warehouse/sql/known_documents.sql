-- What each document was last read from by the same code, and how many observations it has.
SELECT d.source, d.snapshot_sha256, coalesce(o.number, 0)
FROM core.documents d
LEFT JOIN (
    SELECT document_id, count(*) AS number FROM core.observations WHERE closed_run_id IS NULL GROUP BY document_id
) o USING (document_id)
WHERE d.basis = $basis
