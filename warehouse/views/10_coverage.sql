-- Decimals that the quote writes of a value: 2 for 60,70 though the value is 60.7.
CREATE OR REPLACE MACRO core.stated_decimals(quote, figure) AS
    coalesce(list_max(list_transform(
        list_filter(
            regexp_extract_all(quote, '\d+[.,]\d+'),
            lambda written: try_cast(replace(written, ',', '.') AS DECIMAL(38, 6)) = figure
        ),
        lambda written: length(written) - strpos(replace(written, ',', '.'), '.')
    )), 0);
COMMENT ON MACRO core.stated_decimals IS 'number of decimals that a quote writes of a value';

-- The value of a region and period is one that is stated as such before "more than", "at most" and ranges; then the one
-- with the later as-of date, then the more precise, then that of an official source, then that of more independent
-- sources; the order of loading decides nothing. A figure for a period that is not over is of the day that its article
-- reports on; one for a period that had not begun is a plan or a misreading, and no coverage.
CREATE VIEW main.coverage AS
WITH echoes AS (
    SELECT observation_id, min(finding_id) AS echo_id
    FROM (
        SELECT unnest(observation_ids) AS observation_id, finding_id
        FROM core.findings
        WHERE kind = 'echo' AND closed_run_id IS NULL
    )
    GROUP BY ALL
),
warned AS (
    SELECT observation_id, list(DISTINCT warning ORDER BY warning) AS warnings
    FROM (
        SELECT unnest(observation_ids) AS observation_id, kind || ': ' || rule AS warning
        FROM core.findings
        WHERE severity <> 'info' AND closed_run_id IS NULL
    )
    GROUP BY ALL
),
figures AS (
    SELECT
        o.*,
        split_part(coalesce(d.url, d.source), '/', 3) AS host,
        try_cast(substr(d.published_at, 1, 10) AS DATE) AS published,
        least(o.period_end, d.event_date, published) AS as_of,
        o.value_max IS NULL AND o.qualifier IS DISTINCT FROM 'at_least' AND o.qualifier IS DISTINCT FROM 'at_most'
            AS is_value,
        CASE WHEN o.qualifier = 'approx' THEN -1 ELSE core.stated_decimals(o.quote, o.value) END AS decimals,
        regexp_matches(host, '(^|\.)(go|desa)\.id$') AS official,
        e.echo_id,
        coalesce(lower(trim(d.publisher)), nullif(host, ''), d.document_id) AS source
    FROM main.observations o
    JOIN main.documents d USING (document_id)
    LEFT JOIN echoes e ON e.observation_id = o.observation_id
    WHERE o.metric = 'coverage_rate' AND o.segment IS NULL AND o.per IS NULL AND len(o.programs) <> 1
        AND o.region_code IS NOT NULL AND o.period_end IS NOT NULL
        AND o.period_start <= coalesce(published, o.period_start)
),
readings AS (
    SELECT
        region_code,
        period,
        value,
        value_max,
        bool_or(is_value) AS is_value,
        max(as_of) AS as_of,
        max(decimals) AS decimals,
        bool_or(official) AS official,
        coalesce(list(DISTINCT source) FILTER (echo_id IS NOT NULL), []) AS echoing,
        count(DISTINCT echo_id) + len(list_filter(
            coalesce(list(DISTINCT source) FILTER (echo_id IS NULL), []),
            lambda alone: NOT list_contains(echoing, alone)
        )) AS independent_sources,
        arg_max(observation_id, (is_value, as_of, decimals, official, observation_id)) AS observation_id
    FROM figures
    GROUP BY ALL
),
ranked AS (
    SELECT
        *,
        row_number() OVER choice AS place,
        count(*) OVER (PARTITION BY region_code, period) AS readings,
        lead(is_value) OVER choice AS next_is_value,
        lead(as_of) OVER choice AS next_as_of,
        lead(decimals) OVER choice AS next_decimals,
        lead(official) OVER choice AS next_official,
        lead(independent_sources) OVER choice AS next_sources
    FROM readings
    WINDOW choice AS (
        PARTITION BY region_code, period
        ORDER BY
            is_value DESC, as_of DESC, decimals DESC, official DESC, independent_sources DESC,
            value, value_max NULLS FIRST, observation_id
    )
),
others AS (
    SELECT
        region_code,
        period,
        list({'value': value, 'as_of': as_of, 'independent_sources': independent_sources, 'observation_id': observation_id}
            ORDER BY place) AS alternatives
    FROM ranked
    WHERE place > 1
    GROUP BY ALL
)
SELECT
    f.region_code,
    f.region_name,
    f.region_level,
    f.province_code,
    f.period,
    f.period_start,
    f.period_end,
    f.value,
    r.as_of,
    CASE
        WHEN r.readings = 1 THEN 'the only value stated'
        WHEN r.is_value AND NOT r.next_is_value THEN 'stated as a value: the next is a bound or a range'
        WHEN r.as_of > r.next_as_of THEN 'later as-of date: ' || r.as_of || ' after ' || r.next_as_of
        WHEN r.decimals > r.next_decimals AND r.next_decimals < 0 THEN 'more precise: the next is only about'
        WHEN r.decimals > r.next_decimals THEN 'more precise: ' || r.decimals || ' decimals, not ' || r.next_decimals
        WHEN r.official AND NOT r.next_official THEN 'from an official source'
        WHEN r.independent_sources > r.next_sources
            THEN 'more independent sources: ' || r.independent_sources || ', not ' || r.next_sources
        ELSE 'the lower one: date, precision and sources are the same'
    END AS why,
    CAST(r.independent_sources AS INTEGER) AS independent_sources,
    coalesce(a.alternatives, []) AS alternatives,
    r.observation_id,
    f.document_id,
    f.publisher,
    f.url,
    f.quote,
    f.value_max,
    f.qualifier,
    coalesce(w.warnings, []) AS warnings
FROM ranked r
JOIN figures f ON f.observation_id = r.observation_id
LEFT JOIN others a ON a.region_code = r.region_code AND a.period = r.period
LEFT JOIN warned w ON w.observation_id = r.observation_id
WHERE r.place = 1;

COMMENT ON VIEW main.coverage IS 'Coverage of all workers, one chosen value per region and period as articles state it.';
COMMENT ON COLUMN main.coverage.region_code IS 'Kemendagri code of the region';
COMMENT ON COLUMN main.coverage.region_name IS 'official name of the region';
COMMENT ON COLUMN main.coverage.region_level IS 'negara, provinsi, kabupaten or kota';
COMMENT ON COLUMN main.coverage.province_code IS 'code of the province that the region is or belongs to';
COMMENT ON COLUMN main.coverage.period IS 'what the rate is about, ISO 8601: YYYY, YYYY-MM, YYYY-MM-DD or START/END';
COMMENT ON COLUMN main.coverage.period_start IS 'first day of the period';
COMMENT ON COLUMN main.coverage.period_end IS 'last day of the period';
COMMENT ON COLUMN main.coverage.value IS 'the chosen coverage rate, percent of workers';
COMMENT ON COLUMN main.coverage.as_of IS 'day that the value is of: the last of its period, or the day that the article reports on if that is earlier';
COMMENT ON COLUMN main.coverage.why IS 'why this value was chosen before the others';
COMMENT ON COLUMN main.coverage.independent_sources IS 'number of sources that state it; a release that several papers print is one';
COMMENT ON COLUMN main.coverage.alternatives IS 'other values for the same region and period, best first';
COMMENT ON COLUMN main.coverage.observation_id IS 'observation that states the value, in observations';
COMMENT ON COLUMN main.coverage.document_id IS 'article that states it, in documents';
COMMENT ON COLUMN main.coverage.publisher IS 'newspaper or site';
COMMENT ON COLUMN main.coverage.url IS 'web address of the article, where one is known';
COMMENT ON COLUMN main.coverage.quote IS 'words that state the value';
COMMENT ON COLUMN main.coverage.value_max IS 'upper end, where the text states only a range; the value is its lower end';
COMMENT ON COLUMN main.coverage.qualifier IS 'approx, or where nothing better is stated at_least or at_most';
COMMENT ON COLUMN main.coverage.warnings IS 'what checks warn of about this figure, kind and rule; the words are in findings';
