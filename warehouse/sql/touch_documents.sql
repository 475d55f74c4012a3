UPDATE core.documents
SET last_run_id = $run_id, retrieved_at = s.retrieved_at
FROM seen_again s
WHERE documents.document_id = s.document_id
