-- Share of the documents that runs since a day took in and did not set aside.
SELECT CAST(1 - sum(documents_quarantined) / nullif(sum(documents_read), 0) AS DECIMAL(6, 4))
FROM main.runs
WHERE started_at >= $since
