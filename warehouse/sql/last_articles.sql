-- When each source that was ever asked last named an article that was not known, else when it was first asked.
SELECT r.source_id, coalesce(a.newest, r.first_asked) AS last_article
FROM (SELECT source_id, min(requested_at) AS first_asked FROM raw.requests GROUP BY source_id) r
LEFT JOIN (SELECT source_id, max(found_at) AS newest FROM raw.addresses WHERE kind = 'article' GROUP BY source_id) a
    USING (source_id)
ORDER BY r.source_id
