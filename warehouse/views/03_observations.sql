CREATE VIEW main.observations AS
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
    o.quote_start,
    o.quote_end,
    o.document_id,
    d.title,
    d.publisher,
    d.url,
    d.published_at,
    d.snapshot_sha256,
    o.rule,
    o.extractor_version,
    o.first_run_id,
    d.last_run_id,
    o.value_max,
    o.per,
    o.segment_text,
    o.sentence
FROM core.observations o
JOIN main.documents d USING (document_id)
LEFT JOIN core.regions r ON r.code = o.region_code
WHERE o.closed_run_id IS NULL;

COMMENT ON VIEW main.observations IS 'Figures that articles state in their newest version, one row each.';
COMMENT ON COLUMN main.observations.observation_id IS 'identifier; stays the same when a better rule reads another value';
COMMENT ON COLUMN main.observations.metric IS 'what is measured';
COMMENT ON COLUMN main.observations.value IS 'the figure, exact; the lower end of a stated range';
COMMENT ON COLUMN main.observations.unit IS 'unit of the value: percent, percentage_point, person, rank, case, IDR or employer';
COMMENT ON COLUMN main.observations."of" IS 'number of others that a rank is among';
COMMENT ON COLUMN main.observations.region_code IS 'Kemendagri code of the region; null where none is known';
COMMENT ON COLUMN main.observations.region_name IS 'official name of the region';
COMMENT ON COLUMN main.observations.region_level IS 'negara, provinsi, kabupaten or kota';
COMMENT ON COLUMN main.observations.province_code IS 'code of the province that the region is or belongs to';
COMMENT ON COLUMN main.observations.period IS 'what the figure is about, ISO 8601: YYYY, YYYY-MM, YYYY-MM-DD or START/END; null where unknown';
COMMENT ON COLUMN main.observations.period_start IS 'first day of the period';
COMMENT ON COLUMN main.observations.period_end IS 'last day of the period';
COMMENT ON COLUMN main.observations.segment IS 'group of workers, such as honorer or formal; null for all or none stated';
COMMENT ON COLUMN main.observations.programs IS 'insurance programs named with it, such as JKK and JKM';
COMMENT ON COLUMN main.observations.qualifier IS 'words that weaken or bound the figure, such as about or more than';
COMMENT ON COLUMN main.observations.quote IS 'words that state the figure';
COMMENT ON COLUMN main.observations.quote_start IS 'where the quote begins in documents.text: substr(text, quote_start + 1, quote_end - quote_start) = quote';
COMMENT ON COLUMN main.observations.quote_end IS 'where the quote ends in documents.text, exclusive, in code points';
COMMENT ON COLUMN main.observations.document_id IS 'article that states it, in documents';
COMMENT ON COLUMN main.observations.title IS 'headline of the article';
COMMENT ON COLUMN main.observations.publisher IS 'newspaper or site';
COMMENT ON COLUMN main.observations.url IS 'web address of the article, where one is known';
COMMENT ON COLUMN main.observations.published_at IS 'publication time, ISO 8601 text with the offset that the article states';
COMMENT ON COLUMN main.observations.snapshot_sha256 IS 'SHA-256 of the bytes that the article was read from';
COMMENT ON COLUMN main.observations.rule IS 'rule that read it';
COMMENT ON COLUMN main.observations.extractor_version IS 'version of the extractor that first read it so';
COMMENT ON COLUMN main.observations.first_run_id IS 'run that first saw it';
COMMENT ON COLUMN main.observations.last_run_id IS 'run that last saw it';
COMMENT ON COLUMN main.observations.value_max IS 'upper end of a stated range';
COMMENT ON COLUMN main.observations.per IS 'what the value is stated for each of, such as case';
COMMENT ON COLUMN main.observations.segment_text IS 'the article''s words for the group';
COMMENT ON COLUMN main.observations.sentence IS 'sentence that the quote stands in';
