CREATE VIEW main.quarantine AS
SELECT
    rejection_id,
    source,
    stage,
    kind,
    reason,
    remedy,
    snapshot_sha256,
    document_id,
    first_run_id,
    last_run_id
FROM core.rejections
WHERE resolved_run_id IS NULL;

COMMENT ON VIEW main.quarantine IS 'Documents, and rows of documents, that are set aside, one row per reason.';
COMMENT ON COLUMN main.quarantine.rejection_id IS 'identifier';
COMMENT ON COLUMN main.quarantine.source IS 'absolute address of the page or file';
COMMENT ON COLUMN main.quarantine.stage IS 'step that refused it; load for a single row of an article that went in';
COMMENT ON COLUMN main.quarantine.kind IS 'kind of problem, a fixed word';
COMMENT ON COLUMN main.quarantine.reason IS 'what is wrong';
COMMENT ON COLUMN main.quarantine.remedy IS 'what to do about it';
COMMENT ON COLUMN main.quarantine.snapshot_sha256 IS 'SHA-256 of the bytes that were refused';
COMMENT ON COLUMN main.quarantine.document_id IS 'document at that source';
COMMENT ON COLUMN main.quarantine.first_run_id IS 'run that first refused it';
COMMENT ON COLUMN main.quarantine.last_run_id IS 'run that last refused it';
