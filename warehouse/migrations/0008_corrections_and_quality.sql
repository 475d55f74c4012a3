-- Reviewed corrections with what each did to which figure, and the measured quality of the code that read the figures.

CREATE TABLE core.corrections (
    correction_id VARCHAR NOT NULL,
    document VARCHAR NOT NULL,
    quote VARCHAR NOT NULL,
    metric VARCHAR NOT NULL,
    value DECIMAL(38, 6) NOT NULL,
    action VARCHAR NOT NULL,
    field VARCHAR,
    new_value VARCHAR,
    reason VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    reviewed_on DATE NOT NULL
);
COMMENT ON TABLE core.corrections IS 'Reviewed corrections of figures, from seeds/corrections.csv.';
COMMENT ON COLUMN core.corrections.correction_id IS 'name of the correction';
COMMENT ON COLUMN core.corrections.document IS 'address of the article that it is about, or the end of the path of its file';
COMMENT ON COLUMN core.corrections.quote IS 'words of the article that overlap the quote of the figure';
COMMENT ON COLUMN core.corrections.metric IS 'metric as the rules read it';
COMMENT ON COLUMN core.corrections.value IS 'value as the rules read it';
COMMENT ON COLUMN core.corrections.action IS 'drop (no observation), override (one field gets a new value) or flag (kept, marked as doubtful)';
COMMENT ON COLUMN core.corrections.field IS 'field that an override sets';
COMMENT ON COLUMN core.corrections.new_value IS 'what an override sets it to; null clears it';
COMMENT ON COLUMN core.corrections.reason IS 'what is wrong, and how one knows';
COMMENT ON COLUMN core.corrections.status IS 'active, or retired: no longer applied, kept for the record';
COMMENT ON COLUMN core.corrections.reviewed_on IS 'day on which a person reviewed it';

CREATE TABLE core.correction_matches (
    match_id VARCHAR NOT NULL,
    correction_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    metric VARCHAR NOT NULL,
    value DECIMAL(38, 6),
    quote VARCHAR NOT NULL,
    quote_start INTEGER NOT NULL,
    quote_end INTEGER NOT NULL,
    observation_id VARCHAR,
    cleaner_version VARCHAR NOT NULL,
    extractor_version VARCHAR NOT NULL,
    first_run_id VARCHAR NOT NULL,
    since_run_id VARCHAR NOT NULL,
    last_run_id VARCHAR,
    last_version_id VARCHAR,
    closed_run_id VARCHAR
);
COMMENT ON TABLE core.correction_matches IS 'What corrections matched: one row for each figure that one was applied to.';
COMMENT ON COLUMN core.correction_matches.match_id IS 'identifier, from the document, the correction, the quote and how often they came before';
COMMENT ON COLUMN core.correction_matches.correction_id IS 'correction that was applied, in core.corrections';
COMMENT ON COLUMN core.correction_matches.document_id IS 'document with the figure';
COMMENT ON COLUMN core.correction_matches.metric IS 'metric as the rules read it, before any correction';
COMMENT ON COLUMN core.correction_matches.value IS 'value as the rules read it, before any correction';
COMMENT ON COLUMN core.correction_matches.quote IS 'words of the article that state the figure';
COMMENT ON COLUMN core.correction_matches.quote_start IS 'where the quote begins in the text, in code points from 0';
COMMENT ON COLUMN core.correction_matches.quote_end IS 'where the quote ends in the text, exclusive';
COMMENT ON COLUMN core.correction_matches.observation_id IS 'observation that it became; null where a correction dropped it or it did not go in';
COMMENT ON COLUMN core.correction_matches.cleaner_version IS 'version of the cleaner that led to this state of the row';
COMMENT ON COLUMN core.correction_matches.extractor_version IS 'version of the extractor that wrote this state of the row';
COMMENT ON COLUMN core.correction_matches.first_run_id IS 'run in which it first matched';
COMMENT ON COLUMN core.correction_matches.since_run_id IS 'run that wrote this state of the row: added, changed, moved or reopened it';
COMMENT ON COLUMN core.correction_matches.last_run_id IS 'last run in which it matched; null while current, when it is the last run of its document';
COMMENT ON COLUMN core.correction_matches.last_version_id IS 'version of the document that it last matched in; null while current, when it is the document''s current one';
COMMENT ON COLUMN core.correction_matches.closed_run_id IS 'run in which it no longer matched; null while current';

CREATE TABLE core.quality (
    part VARCHAR NOT NULL,
    version VARCHAR NOT NULL,
    gold_sha256 VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    measure VARCHAR NOT NULL,
    score DECIMAL(7, 6) NOT NULL,
    floor DECIMAL(7, 6),
    measured_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE core.quality IS 'How well versions of the code read annotated pages and articles, entered by make quality.';
COMMENT ON COLUMN core.quality.part IS 'clean (pages become articles) or extract (articles become observations)';
COMMENT ON COLUMN core.quality.version IS 'version of the code that was measured: the cleaner_version or extractor_version of rows';
COMMENT ON COLUMN core.quality.gold_sha256 IS 'hash of the annotated files that it was measured on';
COMMENT ON COLUMN core.quality.subject IS 'what was measured: a metric, a field, or all';
COMMENT ON COLUMN core.quality.measure IS 'how: precision, recall, f1, grounding and others';
COMMENT ON COLUMN core.quality.score IS 'what was measured, a share from 0 to 1';
COMMENT ON COLUMN core.quality.floor IS 'lowest score that a change may have (tests/gold/floors.json); null where none is recorded';
COMMENT ON COLUMN core.quality.measured_at IS 'when it was measured last, UTC';
