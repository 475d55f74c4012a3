DELETE FROM core.checked_regions
WHERE region_code = '*' OR region_code IN (SELECT region_code FROM changed_regions)
