SELECT count(*)
FROM core.observations
SEMI JOIN (FROM batch_documents WHERE state <> 'superseded') USING (document_id)
WHERE closed_run_id IS NULL
