-- A document in which a correction finds nothing is set aside, and its reason names the correction.
CREATE VIEW main.corrections AS
WITH matched AS (
    SELECT
        m.correction_id,
        count(*) AS figures,
        list(DISTINCT m.document_id ORDER BY m.document_id) AS document_ids,
        list(DISTINCT m.observation_id ORDER BY m.observation_id) FILTER (m.observation_id IS NOT NULL) AS observation_ids,
        max(d.last_run_id) AS last_run_id
    FROM core.correction_matches m
    JOIN core.documents d USING (document_id)
    WHERE m.closed_run_id IS NULL
    GROUP BY m.correction_id
),
lost AS (
    SELECT correction_id, list(DISTINCT source ORDER BY source) AS sources
    FROM (
        SELECT unnest(string_split(regexp_extract(reason, '^correction (.+) of seeds/', 1), ', ')) AS correction_id, source
        FROM core.rejections
        WHERE kind = 'correction' AND resolved_run_id IS NULL
    )
    GROUP BY correction_id
)
SELECT
    c.correction_id,
    CASE
        WHEN c.status = 'retired' THEN 'retired'
        WHEN l.correction_id IS NOT NULL THEN 'finds nothing'
        WHEN m.correction_id IS NOT NULL THEN 'applied'
        ELSE 'waits for its document'
    END AS outcome,
    c.document,
    c.quote,
    c.metric,
    c.value,
    c.action,
    c.field,
    c.new_value,
    c.reason,
    c.status,
    c.reviewed_on,
    CAST(coalesce(m.figures, 0) AS INTEGER) AS figures,
    coalesce(m.document_ids, []) AS document_ids,
    coalesce(m.observation_ids, []) AS observation_ids,
    coalesce(l.sources, []) AS lost_in,
    m.last_run_id
FROM core.corrections c
LEFT JOIN matched m ON m.correction_id = c.correction_id
LEFT JOIN lost l ON l.correction_id = c.correction_id;

COMMENT ON VIEW main.corrections IS 'Reviewed corrections of figures, one row each, and what they do to what is current.';
COMMENT ON COLUMN main.corrections.correction_id IS 'name of the correction';
COMMENT ON COLUMN main.corrections.outcome IS 'applied, finds nothing (its document is in quarantine), waits for its document, or retired';
COMMENT ON COLUMN main.corrections.document IS 'address of the article that it is about, or the end of the path of its file';
COMMENT ON COLUMN main.corrections.quote IS 'words of the article that overlap the quote of the figure';
COMMENT ON COLUMN main.corrections.metric IS 'metric as the rules read it';
COMMENT ON COLUMN main.corrections.value IS 'value as the rules read it';
COMMENT ON COLUMN main.corrections.action IS 'drop (no observation), override (one field gets a new value) or flag (kept, marked as doubtful)';
COMMENT ON COLUMN main.corrections.field IS 'field that an override sets';
COMMENT ON COLUMN main.corrections.new_value IS 'what an override sets it to; null clears it';
COMMENT ON COLUMN main.corrections.reason IS 'what is wrong, and how one knows';
COMMENT ON COLUMN main.corrections.status IS 'active, or retired: no longer applied, kept for the record';
COMMENT ON COLUMN main.corrections.reviewed_on IS 'day on which a person reviewed it';
COMMENT ON COLUMN main.corrections.figures IS 'number of figures that it is applied to';
COMMENT ON COLUMN main.corrections.document_ids IS 'documents of these figures, in documents';
COMMENT ON COLUMN main.corrections.observation_ids IS 'observations that these figures became; a dropped one became none';
COMMENT ON COLUMN main.corrections.lost_in IS 'addresses of documents that are set aside because it finds nothing in them';
COMMENT ON COLUMN main.corrections.last_run_id IS 'last run that saw one of its documents';
