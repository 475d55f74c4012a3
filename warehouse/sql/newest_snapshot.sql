SELECT CAST(max(retrieved_at) AS DATE) FROM raw.snapshots
