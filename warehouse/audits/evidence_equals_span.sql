-- The text of an article at the span of the words that a region or a period rests on is these words.
SELECT 'region' AS what, observation_id, region_text AS words,
    substr(v.text, region_text_start + 1, region_text_end - region_text_start) AS found
FROM core.observations o
JOIN core.documents d USING (document_id)
JOIN core.document_versions v ON v.version_id = coalesce(o.last_version_id, d.version_id)
WHERE region_text_start IS NOT NULL AND found IS DISTINCT FROM words
UNION ALL
SELECT 'period', observation_id, period_text AS words,
    substr(v.text, period_text_start + 1, period_text_end - period_text_start) AS found
FROM core.observations o
JOIN core.documents d USING (document_id)
JOIN core.document_versions v ON v.version_id = coalesce(o.last_version_id, d.version_id)
WHERE period_text_start IS NOT NULL AND found IS DISTINCT FROM words
