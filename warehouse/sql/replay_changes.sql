-- How the shadow differs from what is current, for the documents of the batch, with what stood around each old quote.
WITH known AS (
    SELECT
        o.*,
        substr(v.text, greatest(o.quote_start - $context, 0) + 1, least(o.quote_start, $context)) AS prefix,
        substr(v.text, o.quote_end + 1, $context) AS suffix
    FROM core.observations o
    JOIN core.documents d USING (document_id)
    JOIN core.document_versions v USING (version_id)
    SEMI JOIN staged_documents USING (document_id)
    WHERE o.closed_run_id IS NULL
),
equal AS (
    SELECT {columns} FROM staged_observations INTERSECT SELECT {columns} FROM known
),
equal_but_place AS (
    SELECT {columns_but_place} FROM staged_observations INTERSECT SELECT {columns_but_place} FROM known
)
SELECT
    CASE
        WHEN k.observation_id IS NULL THEN 'added'
        WHEN s.observation_id IS NULL THEN 'gone'
        WHEN e.observation_id IS NOT NULL THEN 'unchanged'
        WHEN p.observation_id IS NOT NULL THEN 'moved'
        ELSE 'changed'
    END AS action,
    coalesce(s.observation_id, k.observation_id) AS observation_id,
    coalesce(s.document_id, k.document_id) AS document_id,
    coalesce(s.metric, k.metric) AS metric,
    coalesce(s.region_code, k.region_code) AS region_code,
    coalesce(r.name, s.region_name, k.region_name) AS region_name,
    coalesce(s.unit, k.unit) AS unit,
    k.value AS value_before,
    s.value AS value_now,
    k.period AS period_before,
    s.period AS period_now,
    k.rule AS rule_before,
    s.rule AS rule_now,
    coalesce(s.quote, k.quote) AS quote,
    k.quote AS quote_before,
    k.quote_start AS start_before,
    k.prefix,
    k.suffix
FROM known k
FULL JOIN staged_observations s ON s.observation_id = k.observation_id
LEFT JOIN equal e ON e.observation_id = k.observation_id
LEFT JOIN equal_but_place p ON p.observation_id = k.observation_id
LEFT JOIN core.regions r ON r.code = coalesce(s.region_code, k.region_code)
ORDER BY document_id, action, coalesce(s.quote_start, k.quote_start), observation_id
