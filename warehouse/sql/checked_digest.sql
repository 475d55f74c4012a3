SELECT digest FROM core.checked_regions WHERE region_code = '*'
