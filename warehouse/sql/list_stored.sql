-- What can be cleaned and extracted again: the snapshot behind each document, and those in quarantine.
SELECT d.source, d.snapshot_sha256, d.retrieved_at, s.media_type, s.charset
FROM core.documents d
JOIN raw.snapshots s ON s.source = d.source AND s.sha256 = d.snapshot_sha256
WHERE $since IS NULL OR d.retrieved_at >= CAST($since AS TIMESTAMP)
UNION ALL
SELECT r.source, r.snapshot_sha256, max(run.started_at) AS received, NULL, NULL
FROM core.rejections r
JOIN core.runs run ON run.run_id = r.last_run_id
ANTI JOIN core.documents d ON d.source = r.source AND d.snapshot_sha256 = r.snapshot_sha256
WHERE r.resolved_run_id IS NULL AND r.snapshot_sha256 IS NOT NULL AND (r.stage <> 'load' OR r.kind = 'document')
GROUP BY ALL
HAVING $since IS NULL OR received >= CAST($since AS TIMESTAMP)
ORDER BY ALL
