-- What today's rules make of the stored snapshots, in a file of its own: neither the warehouse nor its copy holds it.
ATTACH '{path}' AS shadow (STORAGE_VERSION '{storage}');

CREATE TABLE shadow.documents (document_id VARCHAR NOT NULL, source VARCHAR NOT NULL, title VARCHAR, text VARCHAR NOT NULL);
COMMENT ON TABLE shadow.documents IS 'Articles as today''s rules clean them, one row each.';
COMMENT ON COLUMN shadow.documents.document_id IS 'identifier, as in the warehouse';
COMMENT ON COLUMN shadow.documents.source IS 'absolute address of the page or file';
COMMENT ON COLUMN shadow.documents.title IS 'headline';
COMMENT ON COLUMN shadow.documents.text IS 'clean text, one paragraph a line, without the title';

CREATE TABLE shadow.observations AS
SELECT COLUMNS(lambda name: name NOT IN (
    'cleaner_version', 'extractor_version', 'first_run_id', 'since_run_id', 'last_run_id', 'last_version_id',
    'closed_run_id'
))
FROM core.observations
LIMIT 0;
COMMENT ON TABLE shadow.observations IS 'Figures as today''s rules read them, one row each; columns as in core.observations.';

CREATE TABLE shadow.changes (
    "action" VARCHAR NOT NULL,
    observation_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    metric VARCHAR NOT NULL,
    region_code VARCHAR,
    region_name VARCHAR,
    unit VARCHAR NOT NULL,
    value_before DECIMAL(38, 6),
    value_now DECIMAL(38, 6),
    period_before VARCHAR,
    period_now VARCHAR,
    rule_before VARCHAR,
    rule_now VARCHAR,
    quote VARCHAR NOT NULL,
    anchor VARCHAR,
    "start" INTEGER,
    "end" INTEGER
);
COMMENT ON TABLE shadow.changes IS 'How what today''s rules read differs from what the warehouse held, one row an observation.';
COMMENT ON COLUMN shadow.changes."action" IS 'added, gone, changed (read differently) or moved (elsewhere in the text)';
COMMENT ON COLUMN shadow.changes.observation_id IS 'observation, in the warehouse if it is not added, in shadow.observations if it is not gone';
COMMENT ON COLUMN shadow.changes.document_id IS 'article that states it';
COMMENT ON COLUMN shadow.changes.source IS 'absolute address of the page or file';
COMMENT ON COLUMN shadow.changes.metric IS 'what is measured';
COMMENT ON COLUMN shadow.changes.region_code IS 'Kemendagri code of the region';
COMMENT ON COLUMN shadow.changes.region_name IS 'official name of the region';
COMMENT ON COLUMN shadow.changes.unit IS 'unit of the values';
COMMENT ON COLUMN shadow.changes.value_before IS 'value in the warehouse; null for an added one';
COMMENT ON COLUMN shadow.changes.value_now IS 'value as today''s rules read it; null for one that is gone';
COMMENT ON COLUMN shadow.changes.period_before IS 'period in the warehouse';
COMMENT ON COLUMN shadow.changes.period_now IS 'period as today''s rules read it';
COMMENT ON COLUMN shadow.changes.rule_before IS 'rule that read it in the warehouse';
COMMENT ON COLUMN shadow.changes.rule_now IS 'rule that reads it today';
COMMENT ON COLUMN shadow.changes.quote IS 'words that state it';
COMMENT ON COLUMN shadow.changes.anchor IS 'whether the words of before are found again: exact, reanchored or lost; null for an added one';
COMMENT ON COLUMN shadow.changes."start" IS 'where they begin in today''s text';
COMMENT ON COLUMN shadow.changes."end" IS 'where they end in today''s text, exclusive';
