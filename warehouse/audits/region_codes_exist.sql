-- Every region code is in seeds/regions.csv.
SELECT 'observation' AS what, observation_id AS id, region_code
FROM core.observations
WHERE closed_run_id IS NULL AND region_code NOT IN (SELECT code FROM core.regions)
UNION ALL
SELECT 'agreement', agreement_id, region_code
FROM core.agreements
WHERE closed_run_id IS NULL AND region_code NOT IN (SELECT code FROM core.regions)
UNION ALL
SELECT 'regulation', regulation_id, region_code
FROM core.regulations
WHERE closed_run_id IS NULL AND region_code NOT IN (SELECT code FROM core.regions)
UNION ALL
SELECT 'target', plan, region_code
FROM core.targets
WHERE region_code NOT IN (SELECT code FROM core.regions)
