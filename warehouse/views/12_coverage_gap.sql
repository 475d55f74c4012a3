-- A region is measured by its own target of the year, else by that of its province, else by that of the country. A plan
-- (seeds/targets.csv) goes before what an article says, and the newer article before the older one.
CREATE VIEW main.coverage_gap AS
WITH targets AS (
    SELECT region_code, year, target, plan, source, NULL AS observation_id, NULL AS stated_on
    FROM core.targets
    WHERE preferred
    UNION ALL BY NAME
    SELECT
        o.region_code,
        year(o.period_end) AS year,
        o.value AS target,
        'stated in an article' AS plan,
        coalesce(o.url, d.source) AS source,
        o.observation_id,
        try_cast(substr(o.published_at, 1, 10) AS DATE) AS stated_on
    FROM main.observations o
    JOIN main.documents d USING (document_id)
    WHERE o.metric = 'coverage_target' AND o.segment IS NULL AND len(o.programs) <> 1
        AND o.region_code IS NOT NULL AND o.period_end IS NOT NULL
),
measured AS (
    SELECT
        l.*,
        year(l.as_of) AS of_year,
        t.target,
        t.plan,
        t.source,
        t.region_code AS target_region,
        t.observation_id AS target_observation
    FROM main.coverage_latest l
    LEFT JOIN targets t ON t.year = year(l.as_of) AND t.region_code IN (l.region_code, l.province_code, '00')
    QUALIFY row_number() OVER (
        PARTITION BY l.region_code
        ORDER BY
            t.region_code = l.region_code DESC NULLS LAST,
            t.region_code = l.province_code DESC NULLS LAST,
            t.observation_id IS NOT NULL,
            t.stated_on DESC NULLS LAST,
            t.observation_id
    ) = 1
)
SELECT
    region_code,
    region_name,
    region_level,
    province_code,
    period,
    as_of,
    value,
    of_year AS year,
    target,
    target - value AS gap,
    target_region AS target_region_code,
    plan AS target_plan,
    source AS target_source,
    observation_id,
    target_observation AS target_observation_id,
    warnings
FROM measured;

COMMENT ON VIEW main.coverage_gap IS 'Distance of each region''s newest coverage from the target of that year, one row each.';
COMMENT ON COLUMN main.coverage_gap.region_code IS 'Kemendagri code of the region';
COMMENT ON COLUMN main.coverage_gap.region_name IS 'official name of the region';
COMMENT ON COLUMN main.coverage_gap.region_level IS 'negara, provinsi, kabupaten or kota';
COMMENT ON COLUMN main.coverage_gap.province_code IS 'code of the province that the region is or belongs to';
COMMENT ON COLUMN main.coverage_gap.period IS 'what the rate is about, ISO 8601';
COMMENT ON COLUMN main.coverage_gap.as_of IS 'day that the rate is of';
COMMENT ON COLUMN main.coverage_gap.value IS 'the newest coverage rate, percent of workers';
COMMENT ON COLUMN main.coverage_gap.year IS 'year of the rate and of the target';
COMMENT ON COLUMN main.coverage_gap.target IS 'share of workers to be covered by the end of that year, percent; null where none is known';
COMMENT ON COLUMN main.coverage_gap.gap IS 'percentage points that are missing; negative where the target is exceeded';
COMMENT ON COLUMN main.coverage_gap.target_region_code IS 'region that the target is for: the region itself, its province or the country';
COMMENT ON COLUMN main.coverage_gap.target_plan IS 'law or plan that sets the target, or that an article states it';
COMMENT ON COLUMN main.coverage_gap.target_source IS 'where the target can be read';
COMMENT ON COLUMN main.coverage_gap.observation_id IS 'observation that states the rate, in observations';
COMMENT ON COLUMN main.coverage_gap.target_observation_id IS 'observation that states the target; null for that of a plan';
COMMENT ON COLUMN main.coverage_gap.warnings IS 'what checks warn of about the rate, kind and rule; the words are in findings';
