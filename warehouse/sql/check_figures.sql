-- Current observations as the checks see them.
CREATE OR REPLACE TEMP TABLE check_figures AS
SELECT
    o.observation_id,
    o.document_id,
    coalesce(v.publisher, nullif(split_part(d.source, '/', 3), '')) AS publisher,
    try_cast(substr(v.published_at, 1, 10) AS DATE) AS published,
    o.metric,
    o.value,
    o.unit,
    o.quote,
    o.sentence,
    o.region_code,
    coalesce(r.name, o.region_name) AS region_name,
    o.value_max,
    o."of",
    o.per,
    o.period,
    core.period_first_day(o.period) AS first_day,
    core.period_last_day(o.period) AS last_day,
    o.segment,
    o.programs,
    o.qualifier
FROM core.observations o
JOIN core.documents d USING (document_id)
JOIN core.document_versions v USING (version_id)
LEFT JOIN core.regions r ON r.code = o.region_code
WHERE o.closed_run_id IS NULL
