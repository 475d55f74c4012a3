CREATE VIEW main.findings AS
SELECT
    f.finding_id,
    f.kind,
    f.severity,
    f.message,
    f.observation_ids,
    f.rule,
    f.region_code,
    r.name AS region_name,
    f.publisher,
    f.stated,
    f.computed,
    f.tolerance,
    f.first_run_id,
    f.since_run_id
FROM core.findings f
LEFT JOIN core.regions r ON r.code = f.region_code
WHERE f.closed_run_id IS NULL;

COMMENT ON VIEW main.findings IS 'What checks say about the observations, one row each.';
COMMENT ON COLUMN main.findings.finding_id IS 'identifier';
COMMENT ON COLUMN main.findings.kind IS 'conflict, arithmetic, plausibility, echo or freshness';
COMMENT ON COLUMN main.findings.severity IS 'info (it reconciles, or is worth knowing), warning (somebody should look) or error';
COMMENT ON COLUMN main.findings.message IS 'what was found, in words, with the sentences';
COMMENT ON COLUMN main.findings.observation_ids IS 'observations that it is about, in observations';
COMMENT ON COLUMN main.findings.rule IS 'rule of its kind';
COMMENT ON COLUMN main.findings.region_code IS 'Kemendagri code of the region that it is about; null where none is known';
COMMENT ON COLUMN main.findings.region_name IS 'official name of the region';
COMMENT ON COLUMN main.findings.publisher IS 'source that it is about, for a silent one';
COMMENT ON COLUMN main.findings.stated IS 'figure that a reckoning was held against';
COMMENT ON COLUMN main.findings.computed IS 'result of the reckoning';
COMMENT ON COLUMN main.findings.tolerance IS 'what rounding allows between the two, exclusive';
COMMENT ON COLUMN main.findings.first_run_id IS 'run that first found it';
COMMENT ON COLUMN main.findings.since_run_id IS 'run that wrote it as it is';
