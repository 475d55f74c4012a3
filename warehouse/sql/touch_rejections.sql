UPDATE core.rejections
SET
    last_run_id = CASE WHEN stage = 'load' AND kind <> 'document' THEN $run_id ELSE last_run_id END,
    resolved_run_id = CASE WHEN stage = 'load' AND kind <> 'document' THEN NULL ELSE $run_id END
WHERE resolved_run_id IS NULL AND document_id IN (SELECT document_id FROM seen_again)
