-- What was known at the end of a day: states of observations that a run up to that day wrote and none had closed.
CREATE OR REPLACE MACRO main.observations_as_of(day) AS TABLE
WITH known_runs AS (
    SELECT run_id, CAST(started_at AS DATE) <= CAST(day AS DATE) AS was_then FROM core.runs
),
states AS (
    FROM core.observations
    UNION ALL BY NAME
    FROM core.observation_history
)
SELECT
    o.observation_id,
    o.metric,
    o.value,
    o.unit,
    o."of",
    o.region_code,
    coalesce(r.name, o.region_name) AS region_name,
    coalesce(r.level, o.region_level) AS region_level,
    r.province_code,
    o.period,
    core.period_first_day(o.period) AS period_start,
    core.period_last_day(o.period) AS period_end,
    o.segment,
    o.programs,
    o.qualifier,
    o.quote,
    o.document_id,
    v.title,
    v.publisher,
    v.url,
    v.published_at,
    o.rule,
    o.extractor_version,
    o.first_run_id,
    o.since_run_id,
    o.closed_run_id,
    o.value_max,
    o.per,
    o.segment_text,
    o.sentence
FROM states o
JOIN known_runs began ON began.run_id = o.since_run_id AND began.was_then
JOIN core.documents d USING (document_id)
JOIN core.document_versions v ON v.version_id = coalesce(o.last_version_id, d.version_id)
LEFT JOIN known_runs ended ON ended.run_id = o.closed_run_id
LEFT JOIN core.regions r ON r.code = o.region_code
WHERE NOT coalesce(ended.was_then, false);
COMMENT ON MACRO TABLE main.observations_as_of IS 'observations as they were known at the end of a day: FROM observations_as_of(DATE ''2026-01-31'')';
