-- All snapshots in the order in which they came, the one behind each document last, then those in quarantine.
SELECT source, sha256, retrieved_at, media_type, charset, 0 AS round
FROM raw.snapshots
UNION ALL
SELECT d.source, d.snapshot_sha256, d.retrieved_at, s.media_type, s.charset, 1
FROM core.documents d
JOIN raw.snapshots s ON s.source = d.source AND s.sha256 = d.snapshot_sha256
UNION ALL
SELECT r.source, r.snapshot_sha256, max(run.started_at), NULL, NULL, 2
FROM core.rejections r
JOIN core.runs run ON run.run_id = r.last_run_id
WHERE r.resolved_run_id IS NULL AND r.snapshot_sha256 IS NOT NULL AND (r.stage <> 'load' OR r.kind = 'document')
GROUP BY ALL
ORDER BY round, retrieved_at, source
