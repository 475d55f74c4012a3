UPDATE core.runs
SET
    status = $status,
    finished_at = $finished_at,
    documents_read = $documents_read,
    documents_new = $documents_new,
    documents_changed = $documents_changed,
    documents_unchanged = $documents_unchanged,
    documents_quarantined = $documents_quarantined,
    observations_added = $observations_added,
    observations_changed = $observations_changed,
    observations_moved = $observations_moved,
    observations_unchanged = $observations_unchanged,
    observations_gone = $observations_gone,
    rows_quarantined = $rows_quarantined
WHERE run_id = $run_id
RETURNING run_id
