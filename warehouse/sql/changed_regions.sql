-- Regions with other figures than when they were last checked, or checked by other rules.
CREATE OR REPLACE TEMP TABLE changed_regions AS
WITH figures AS (
    SELECT coalesce(region_code, '') AS region_code, observation_id, md5(CAST(f AS VARCHAR)) AS figure
    FROM check_figures f
),
now AS (
    SELECT region_code, md5($version || string_agg(figure, '' ORDER BY observation_id)) AS digest
    FROM figures
    GROUP BY region_code
)
SELECT coalesce(n.region_code, c.region_code) AS region_code, n.digest
FROM now n
FULL JOIN (FROM core.checked_regions WHERE region_code <> '*') c ON c.region_code = n.region_code
WHERE n.digest IS DISTINCT FROM c.digest
