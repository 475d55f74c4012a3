-- Regions with coverage rates, the one that was heard of longest ago first.
SELECT
    region_code,
    region_name AS region,
    max(period_end) AS newest_period,
    max(substr(published_at, 1, 10)) AS newest_article,
    count(*) AS figures
FROM main.observations
WHERE metric = 'coverage_rate' AND region_code IS NOT NULL
GROUP BY ALL
ORDER BY newest_article NULLS FIRST, region_code
LIMIT $rows
