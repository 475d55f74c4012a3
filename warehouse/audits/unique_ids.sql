-- An identifier belongs to one row.
SELECT 'raw.snapshots' AS name, source || ' ' || sha256 AS id, count(*) AS number
FROM raw.snapshots GROUP BY ALL HAVING number > 1
UNION ALL
SELECT 'core.documents', document_id, count(*) AS number
FROM core.documents GROUP BY ALL HAVING number > 1
UNION ALL
SELECT 'core.document_versions', version_id, count(*) AS number
FROM core.document_versions GROUP BY ALL HAVING number > 1
UNION ALL
SELECT 'core.removed_texts', removed_id, count(*) AS number
FROM core.removed_texts GROUP BY ALL HAVING number > 1
UNION ALL
SELECT 'core.observations', observation_id, count(*) AS number
FROM core.observations GROUP BY ALL HAVING number > 1
UNION ALL
SELECT 'core.observation_history', observation_id || ' ' || since_run_id, count(*) AS number
FROM core.observation_history GROUP BY ALL HAVING number > 1
UNION ALL
SELECT 'core.number_mentions', mention_id, count(*) AS number
FROM core.number_mentions GROUP BY ALL HAVING number > 1
UNION ALL
SELECT 'core.agreements', agreement_id, count(*) AS number
FROM core.agreements GROUP BY ALL HAVING number > 1
UNION ALL
SELECT 'core.regulations', regulation_id, count(*) AS number
FROM core.regulations GROUP BY ALL HAVING number > 1
UNION ALL
SELECT 'core.rejections', rejection_id, count(*) AS number
FROM core.rejections GROUP BY ALL HAVING number > 1
UNION ALL
SELECT 'core.findings', finding_id, count(*) AS number
FROM core.findings GROUP BY ALL HAVING number > 1
UNION ALL
SELECT 'core.targets', region_code || ' ' || year || ' ' || plan, count(*) AS number
FROM core.targets GROUP BY ALL HAVING number > 1
UNION ALL
SELECT 'core.corrections', correction_id, count(*) AS number
FROM core.corrections GROUP BY ALL HAVING number > 1
UNION ALL
SELECT 'core.correction_matches', match_id, count(*) AS number
FROM core.correction_matches GROUP BY ALL HAVING number > 1
UNION ALL
SELECT 'core.quality', concat_ws(' ', part, version, gold_sha256, subject, measure), count(*) AS number
FROM core.quality GROUP BY ALL HAVING number > 1
UNION ALL
SELECT 'raw.addresses', address_key, count(*) AS number
FROM raw.addresses GROUP BY ALL HAVING number > 1
