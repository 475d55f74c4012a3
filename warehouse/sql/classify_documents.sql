-- What the warehouse knows of each document of the batch. Of several snapshots of a document in a run the newest
-- counts, whatever the order in which they come; a later run always has the last word.
CREATE OR REPLACE TEMP TABLE batch_documents AS
SELECT
    s.*,
    CASE
        WHEN d.document_id IS NULL THEN 'new'
        WHEN d.last_run_id = $run_id AND (d.retrieved_at, d.snapshot_sha256) > (s.retrieved_at, s.snapshot_sha256)
            THEN 'superseded'
        WHEN d.version_id <> s.version_id THEN 'changed'
        ELSE 'unchanged'
    END AS state,
    d.content_digest IS NOT DISTINCT FROM s.content_digest AS same_content,
    d.first_run_id AS known_since,
    d.last_run_id AS previous_run_id,
    d.version_id AS previous_version_id
FROM staged_documents s
LEFT JOIN core.documents d USING (document_id)
