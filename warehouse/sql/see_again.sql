-- Documents whose snapshot is known are seen by this run, and so are the rows of them that are set aside.
CREATE OR REPLACE TEMP TABLE seen_again AS
SELECT d.document_id, s.retrieved_at
FROM staged_snapshots s
JOIN core.documents d ON d.source = s.source AND d.snapshot_sha256 = s.sha256
WHERE d.last_run_id <> $run_id OR d.retrieved_at <= s.retrieved_at
