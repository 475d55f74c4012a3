SELECT * EXCLUDE (run_id) FROM raw.addresses ORDER BY address_key
