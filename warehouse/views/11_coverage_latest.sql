CREATE VIEW main.coverage_latest AS
SELECT *
FROM main.coverage
QUALIFY row_number() OVER (
    PARTITION BY region_code
    ORDER BY
        as_of DESC,
        value_max IS NULL AND coalesce(qualifier, '') NOT IN ('at_least', 'at_most') DESC,
        period_start DESC, independent_sources DESC, value, observation_id
) = 1;

COMMENT ON VIEW main.coverage_latest IS 'The newest coverage of each region, one row each.';
COMMENT ON COLUMN main.coverage_latest.region_code IS 'Kemendagri code of the region';
COMMENT ON COLUMN main.coverage_latest.region_name IS 'official name of the region';
COMMENT ON COLUMN main.coverage_latest.region_level IS 'negara, provinsi, kabupaten or kota';
COMMENT ON COLUMN main.coverage_latest.province_code IS 'code of the province that the region is or belongs to';
COMMENT ON COLUMN main.coverage_latest.period IS 'what the rate is about, ISO 8601: YYYY, YYYY-MM, YYYY-MM-DD or START/END';
COMMENT ON COLUMN main.coverage_latest.period_start IS 'first day of the period';
COMMENT ON COLUMN main.coverage_latest.period_end IS 'last day of the period';
COMMENT ON COLUMN main.coverage_latest.value IS 'the newest coverage rate, percent of workers';
COMMENT ON COLUMN main.coverage_latest.as_of IS 'day that the value is of';
COMMENT ON COLUMN main.coverage_latest.why IS 'why this value was chosen before others of its period';
COMMENT ON COLUMN main.coverage_latest.independent_sources IS 'number of sources that state it';
COMMENT ON COLUMN main.coverage_latest.alternatives IS 'other values for the same region and period, best first';
COMMENT ON COLUMN main.coverage_latest.observation_id IS 'observation that states the value, in observations';
COMMENT ON COLUMN main.coverage_latest.document_id IS 'article that states it, in documents';
COMMENT ON COLUMN main.coverage_latest.publisher IS 'newspaper or site';
COMMENT ON COLUMN main.coverage_latest.url IS 'web address of the article, where one is known';
COMMENT ON COLUMN main.coverage_latest.quote IS 'words that state the value';
COMMENT ON COLUMN main.coverage_latest.value_max IS 'upper end, where the text states only a range; the value is its lower end';
COMMENT ON COLUMN main.coverage_latest.qualifier IS 'approx, or where nothing better is stated at_least or at_most';
COMMENT ON COLUMN main.coverage_latest.warnings IS 'what checks warn of about this figure, kind and rule; the words are in findings';
