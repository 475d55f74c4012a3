CREATE OR REPLACE TEMP TABLE next_rows AS
SELECT
    document_id,
    source,
    version_id,
    content_digest,
    snapshot_sha256,
    retrieved_at,
    basis,
    coalesce(known_since, $run_id) AS first_run_id,
    $run_id AS last_run_id,
    state AS action
FROM batch_documents
WHERE state <> 'superseded'
