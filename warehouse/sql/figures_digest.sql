-- Tells two states of all that checks look at apart, without looking at every word of it.
SELECT md5(concat_ws(
    '|',
    $version,
    (SELECT bit_xor(hash(observation_id, since_run_id)) || '/' || count(*) FROM core.observations WHERE closed_run_id IS NULL),
    (SELECT bit_xor(hash(version_id)) || '/' || count(*) FROM core.documents),
    (SELECT bit_xor(hash(code, name)) FROM core.regions),
    (SELECT bit_xor(hash(rejection_id)) || '/' || count(*) FROM core.rejections WHERE resolved_run_id IS NULL),
    (SELECT CAST(max(retrieved_at) AS DATE) FROM raw.snapshots)
))
