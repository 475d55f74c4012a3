-- What checks say about observations, and by what a load knows a document before it is cleaned.

ALTER TABLE core.documents ADD COLUMN basis VARCHAR;
COMMENT ON COLUMN core.documents.basis IS 'digest of the code, reference tables and schema that it was last loaded with; null before schema 5';

CREATE TABLE core.findings (
    finding_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    message VARCHAR NOT NULL,
    observation_ids VARCHAR[] NOT NULL,
    region_code VARCHAR,
    publisher VARCHAR,
    stated DECIMAL(38, 6),
    computed DECIMAL(38, 6),
    tolerance DECIMAL(38, 6),
    first_run_id VARCHAR NOT NULL,
    since_run_id VARCHAR NOT NULL,
    last_run_id VARCHAR,
    closed_run_id VARCHAR
);
COMMENT ON TABLE core.findings IS 'What checks say about observations, one row each in its present or, once closed, last state.';
COMMENT ON COLUMN core.findings.finding_id IS 'identifier, from kind, rule and what it is about';
COMMENT ON COLUMN core.findings.kind IS 'conflict, arithmetic, plausibility, echo or freshness';
COMMENT ON COLUMN core.findings.rule IS 'rule of its kind';
COMMENT ON COLUMN core.findings.severity IS 'info (it reconciles, or is worth knowing), warning (somebody should look) or error';
COMMENT ON COLUMN core.findings.message IS 'what was found, in words, with the sentences';
COMMENT ON COLUMN core.findings.observation_ids IS 'observations that it is about';
COMMENT ON COLUMN core.findings.region_code IS 'region that it is about; null where none is known';
COMMENT ON COLUMN core.findings.publisher IS 'source that it is about, for a silent one';
COMMENT ON COLUMN core.findings.stated IS 'figure that a reckoning was held against';
COMMENT ON COLUMN core.findings.computed IS 'result of the reckoning';
COMMENT ON COLUMN core.findings.tolerance IS 'what rounding allows between the two, exclusive';
COMMENT ON COLUMN core.findings.first_run_id IS 'run that first found it';
COMMENT ON COLUMN core.findings.since_run_id IS 'run that wrote this state of the row';
COMMENT ON COLUMN core.findings.last_run_id IS 'run before it was gone; null while current';
COMMENT ON COLUMN core.findings.closed_run_id IS 'run that no longer found it; null while current';

CREATE TABLE core.checked_regions (
    region_code VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL
);
COMMENT ON TABLE core.checked_regions IS 'Regions whose figures were checked, by which a check knows that nothing is new.';
COMMENT ON COLUMN core.checked_regions.region_code IS 'region; empty for the figures without one, * for all figures together';
COMMENT ON COLUMN core.checked_regions.digest IS 'digest of the figures and of the version of the checks';
COMMENT ON COLUMN core.checked_regions.run_id IS 'run that checked them';
