-- What was set aside, with the reason.

CREATE TABLE core.rejections (
    rejection_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    stage VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    remedy VARCHAR NOT NULL,
    snapshot_sha256 VARCHAR,
    first_run_id VARCHAR NOT NULL,
    last_run_id VARCHAR NOT NULL,
    resolved_run_id VARCHAR
);
COMMENT ON TABLE core.rejections IS 'Quarantine: documents, and rows of documents, that were set aside with the reason.';
COMMENT ON COLUMN core.rejections.rejection_id IS 'identifier, from source, stage, kind and reason';
COMMENT ON COLUMN core.rejections.document_id IS 'document at that source';
COMMENT ON COLUMN core.rejections.source IS 'absolute address of the page or file';
COMMENT ON COLUMN core.rejections.stage IS 'step that refused it: discover, read, clean, extract or load';
COMMENT ON COLUMN core.rejections.kind IS 'kind of problem, a fixed word';
COMMENT ON COLUMN core.rejections.reason IS 'what is wrong';
COMMENT ON COLUMN core.rejections.remedy IS 'what to do about it';
COMMENT ON COLUMN core.rejections.snapshot_sha256 IS 'snapshot that was refused';
COMMENT ON COLUMN core.rejections.first_run_id IS 'run that first refused it';
COMMENT ON COLUMN core.rejections.last_run_id IS 'run that last refused it';
COMMENT ON COLUMN core.rejections.resolved_run_id IS 'run in which the source went in or failed in another way; null while it is set aside';
