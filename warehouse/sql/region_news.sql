-- The newest day that each region's figures are about; a figure knows nothing beyond the day of its article.
WITH dated AS (
    SELECT region_code, region_name, least(last_day, published) AS day, observation_id
    FROM check_figures
    WHERE region_code IS NOT NULL AND coalesce(last_day, published) IS NOT NULL
)
SELECT
    region_code,
    arg_max(region_name, (day, observation_id)) AS region_name,
    max(day) AS newest,
    arg_max(observation_id, (day, observation_id)) AS observation_id
FROM dated
GROUP BY region_code
