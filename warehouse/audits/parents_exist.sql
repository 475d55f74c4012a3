-- What a row refers to is there: document, version, snapshot and runs.
WITH stated AS (
    SELECT 'observation' AS what, observation_id AS id, document_id, last_version_id,
        [first_run_id, since_run_id, last_run_id, closed_run_id] AS runs
    FROM core.observations
    UNION ALL
    SELECT 'state of observation', observation_id, document_id, last_version_id,
        [first_run_id, since_run_id, last_run_id, closed_run_id]
    FROM core.observation_history
    UNION ALL
    SELECT 'agreement', agreement_id, document_id, last_version_id,
        [first_run_id, since_run_id, last_run_id, closed_run_id]
    FROM core.agreements
    UNION ALL
    SELECT 'regulation', regulation_id, document_id, last_version_id,
        [first_run_id, since_run_id, last_run_id, closed_run_id]
    FROM core.regulations
    UNION ALL
    SELECT 'number', mention_id, document_id, last_version_id,
        [first_run_id, since_run_id, last_run_id, closed_run_id]
    FROM core.number_mentions
    UNION ALL
    SELECT 'removed text', removed_id, document_id, last_version_id,
        [first_run_id, since_run_id, last_run_id, closed_run_id]
    FROM core.removed_texts
    UNION ALL
    SELECT 'match of correction', match_id, document_id, last_version_id,
        [first_run_id, since_run_id, last_run_id, closed_run_id]
    FROM core.correction_matches
    UNION ALL
    SELECT 'version', version_id, document_id, NULL, [first_run_id, since_run_id, last_run_id, closed_run_id]
    FROM core.document_versions
)
SELECT 'document of ' || what AS missing, id, document_id AS reference
FROM stated ANTI JOIN core.documents USING (document_id)
UNION ALL
SELECT 'last version of ' || what, id, last_version_id
FROM stated s ANTI JOIN core.document_versions v ON v.version_id = s.last_version_id AND v.document_id = s.document_id
WHERE last_version_id IS NOT NULL
UNION ALL
SELECT 'current version of document', document_id, version_id
FROM core.documents d
ANTI JOIN (FROM core.document_versions WHERE closed_run_id IS NULL) v USING (version_id, document_id)
UNION ALL
SELECT 'snapshot of version', v.version_id, v.snapshot_sha256
FROM core.document_versions v
JOIN core.documents d USING (document_id)
ANTI JOIN raw.snapshots s ON s.source = d.source AND s.sha256 = v.snapshot_sha256
UNION ALL
SELECT 'observation of match of correction', match_id, observation_id
FROM core.correction_matches ANTI JOIN core.observations USING (observation_id)
WHERE observation_id IS NOT NULL
UNION ALL
SELECT 'run', run_id, run_id
FROM (
    SELECT DISTINCT unnest(runs) AS run_id FROM stated
    UNION
    SELECT DISTINCT unnest([first_run_id, last_run_id]) FROM core.documents
    UNION
    SELECT DISTINCT unnest([first_run_id, last_run_id, resolved_run_id]) FROM core.rejections
    UNION
    SELECT DISTINCT unnest([first_run_id, since_run_id, last_run_id, closed_run_id]) FROM core.findings
    UNION
    SELECT DISTINCT run_id FROM core.checked_regions
    UNION
    SELECT DISTINCT first_run_id FROM raw.snapshots
) used
ANTI JOIN core.runs USING (run_id)
WHERE run_id IS NOT NULL
