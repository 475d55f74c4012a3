-- How many figures the articles of each source gave, oldest first; an article without a date is neither new nor old.
-- Beside them, how many of its pages have been set aside since its newest content came.
WITH articles AS (
    SELECT
        d.document_id,
        coalesce(v.publisher, nullif(split_part(d.source, '/', 3), '')) AS publisher,
        nullif(split_part(d.source, '/', 3), '') AS host,
        v.published_at
    FROM core.documents d
    JOIN core.document_versions v USING (version_id)
),
hosts AS (
    SELECT
        a.host,
        mode(a.publisher ORDER BY a.publisher) AS publisher,
        max(s.retrieved_at) AS newest
    FROM articles a
    JOIN core.documents d USING (document_id)
    JOIN raw.snapshots s ON s.source = d.source
    WHERE a.host IS NOT NULL
    GROUP BY a.host
),
set_aside AS (
    SELECT h.publisher, count(DISTINCT r.document_id) AS number
    FROM core.rejections r
    JOIN core.runs first ON first.run_id = r.first_run_id
    JOIN hosts h ON h.host = split_part(r.source, '/', 3) AND first.started_at > h.newest
    WHERE r.resolved_run_id IS NULL AND (r.stage <> 'load' OR r.kind = 'document')
    GROUP BY h.publisher
),
figures AS (
    SELECT document_id, count(*) AS number FROM check_figures GROUP BY document_id
)
SELECT
    a.publisher,
    list(coalesce(f.number, 0) ORDER BY a.published_at, a.document_id) AS figures,
    coalesce(any_value(s.number), 0) AS set_aside
FROM articles a
LEFT JOIN figures f USING (document_id)
LEFT JOIN set_aside s ON s.publisher = a.publisher
WHERE a.published_at IS NOT NULL AND a.publisher IS NOT NULL
GROUP BY a.publisher
