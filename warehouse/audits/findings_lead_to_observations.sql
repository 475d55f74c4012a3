-- What a finding is about is there, and its message says something.
SELECT finding_id, kind, id AS observation_id
FROM (SELECT finding_id, kind, unnest(observation_ids) AS id FROM core.findings)
ANTI JOIN core.observations o ON o.observation_id = id
UNION ALL
SELECT finding_id, kind, NULL
FROM core.findings
WHERE trim(message) = '' OR (kind <> 'freshness' AND len(observation_ids) = 0)
