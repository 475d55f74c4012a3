-- How many figures the articles of each source gave, oldest first; an article without a date is neither new nor old.
SELECT
    coalesce(v.publisher, nullif(split_part(d.source, '/', 3), '')) AS publisher,
    list(coalesce(f.number, 0) ORDER BY v.published_at, d.document_id) AS figures
FROM core.documents d
JOIN core.document_versions v USING (version_id)
LEFT JOIN (SELECT document_id, count(*) AS number FROM check_figures GROUP BY document_id) f
    ON f.document_id = d.document_id
WHERE v.published_at IS NOT NULL
GROUP BY ALL
HAVING publisher IS NOT NULL
