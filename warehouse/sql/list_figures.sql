SELECT f.*
FROM check_figures f
SEMI JOIN changed_regions c ON c.region_code = coalesce(f.region_code, '')
ORDER BY coalesce(f.region_code, ''), f.observation_id
