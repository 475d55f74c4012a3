-- The text of an article at a quote's span is the quote.
SELECT 'observation' AS what, observation_id AS id, quote, substr(v.text, quote_start + 1, quote_end - quote_start) AS found
FROM core.observations o
JOIN core.documents d USING (document_id)
JOIN core.document_versions v ON v.version_id = coalesce(o.last_version_id, d.version_id)
WHERE found <> quote
UNION ALL
SELECT 'agreement', agreement_id, quote, substr(v.text, quote_start + 1, quote_end - quote_start) AS found
FROM core.agreements a
JOIN core.documents d USING (document_id)
JOIN core.document_versions v ON v.version_id = coalesce(a.last_version_id, d.version_id)
WHERE found <> quote
UNION ALL
SELECT 'regulation', regulation_id, quote, substr(v.text, quote_start + 1, quote_end - quote_start) AS found
FROM core.regulations g
JOIN core.documents d USING (document_id)
JOIN core.document_versions v ON v.version_id = coalesce(g.last_version_id, d.version_id)
WHERE found <> quote
