INSERT INTO core.checked_regions BY NAME
SELECT region_code, digest, $run_id AS run_id FROM changed_regions WHERE digest IS NOT NULL
UNION ALL
SELECT '*', $digest, $run_id
