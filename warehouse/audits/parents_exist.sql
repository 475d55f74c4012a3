-- What a row refers to is there: document, version, snapshot and runs.
SELECT 'document of observation' AS missing, observation_id AS id, document_id AS reference
FROM core.observations ANTI JOIN core.documents USING (document_id)
UNION ALL
SELECT 'last version of observation', observation_id, last_version_id
FROM core.observations o ANTI JOIN core.document_versions v ON v.version_id = o.last_version_id
WHERE last_version_id IS NOT NULL
UNION ALL
SELECT 'document of agreement', agreement_id, document_id
FROM core.agreements ANTI JOIN core.documents USING (document_id)
UNION ALL
SELECT 'document of regulation', regulation_id, document_id
FROM core.regulations ANTI JOIN core.documents USING (document_id)
UNION ALL
SELECT 'current version of document', document_id, version_id
FROM core.documents d
ANTI JOIN (FROM core.document_versions WHERE closed_run_id IS NULL) v USING (version_id, document_id)
UNION ALL
SELECT 'document of version', version_id, document_id
FROM core.document_versions ANTI JOIN core.documents USING (document_id)
UNION ALL
SELECT 'snapshot of version', v.version_id, v.snapshot_sha256
FROM core.document_versions v
JOIN core.documents d USING (document_id)
ANTI JOIN raw.snapshots s ON s.source = d.source AND s.sha256 = v.snapshot_sha256
UNION ALL
SELECT 'run', run_id, run_id
FROM (
    SELECT DISTINCT unnest([first_run_id, since_run_id, last_run_id, closed_run_id]) AS run_id FROM core.observations
    UNION
    SELECT DISTINCT unnest([first_run_id, last_run_id]) FROM core.documents
    UNION
    SELECT DISTINCT unnest([first_run_id, last_run_id, resolved_run_id]) FROM core.rejections
) used
ANTI JOIN core.runs USING (run_id)
WHERE run_id IS NOT NULL
