CREATE VIEW main.runs AS
SELECT
    run_id,
    flow,
    status,
    started_at,
    finished_at,
    code_version,
    cleaner_version,
    extractor_version,
    documents_read,
    documents_new,
    documents_changed,
    documents_unchanged,
    documents_quarantined,
    observations_added,
    observations_changed,
    observations_moved,
    observations_unchanged,
    observations_gone,
    rows_quarantined
FROM core.runs;

COMMENT ON VIEW main.runs IS 'Executions, one row each, with versions and counts.';
COMMENT ON COLUMN main.runs.run_id IS 'identifier of the run';
COMMENT ON COLUMN main.runs.flow IS 'flow that was run';
COMMENT ON COLUMN main.runs.status IS 'running, interrupted (it never ended), or what the flow said at its end';
COMMENT ON COLUMN main.runs.started_at IS 'when it began, UTC';
COMMENT ON COLUMN main.runs.finished_at IS 'when it ended, UTC';
COMMENT ON COLUMN main.runs.code_version IS 'version of the whole project';
COMMENT ON COLUMN main.runs.cleaner_version IS 'version of what turns bytes into an article';
COMMENT ON COLUMN main.runs.extractor_version IS 'version of what turns an article into observations';
COMMENT ON COLUMN main.runs.documents_read IS 'documents that came in or were set aside';
COMMENT ON COLUMN main.runs.documents_new IS 'documents that were not known';
COMMENT ON COLUMN main.runs.documents_changed IS 'documents with another text or other metadata than before';
COMMENT ON COLUMN main.runs.documents_unchanged IS 'documents that were known just so';
COMMENT ON COLUMN main.runs.documents_quarantined IS 'documents that were set aside';
COMMENT ON COLUMN main.runs.observations_added IS 'observations that were not current before';
COMMENT ON COLUMN main.runs.observations_changed IS 'observations that are read differently than before';
COMMENT ON COLUMN main.runs.observations_moved IS 'observations that stand elsewhere in the text and say the same';
COMMENT ON COLUMN main.runs.observations_unchanged IS 'observations that were known just so';
COMMENT ON COLUMN main.runs.observations_gone IS 'observations that their article no longer states';
COMMENT ON COLUMN main.runs.rows_quarantined IS 'rows that were set aside of documents that went in';
