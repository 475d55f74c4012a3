-- What is set aside now; what is still set aside because nothing in its document is new; and what is not any more,
-- because its document went in or failed in another way.
CREATE OR REPLACE TEMP TABLE next_rows AS
WITH open_rejections AS (
    SELECT
        r.*,
        coalesce(b.state <> 'superseded', false) AS went_in,
        coalesce(b.same_content, false) AS same_content,
        r.stage = 'load' AND r.kind <> 'document' AS is_row
    FROM core.rejections r
    LEFT JOIN batch_documents b USING (document_id)
    ANTI JOIN staged_rejections USING (rejection_id)
    WHERE r.resolved_run_id IS NULL
)
SELECT
    s.*,
    coalesce(r.first_run_id, $run_id) AS first_run_id,
    $run_id AS last_run_id,
    NULL::VARCHAR AS resolved_run_id,
    'rejected' AS action
FROM staged_rejections s
LEFT JOIN core.rejections r USING (rejection_id)
UNION ALL BY NAME
SELECT * EXCLUDE (went_in, same_content, is_row) REPLACE ($run_id AS last_run_id), 'rejected' AS action
FROM open_rejections
WHERE is_row AND went_in AND same_content
UNION ALL BY NAME
SELECT * EXCLUDE (went_in, same_content, is_row) REPLACE ($run_id AS resolved_run_id), 'resolved' AS action
FROM open_rejections
WHERE CASE
    WHEN is_row THEN went_in AND NOT same_content
    ELSE went_in OR document_id IN (SELECT document_id FROM staged_rejections)
END
