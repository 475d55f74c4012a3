-- Observations whose identifier begins with the prefix, also those that are closed, in the version they last stood in.
SELECT
    o.observation_id,
    o.metric,
    o.value,
    o.value_max,
    o.unit,
    o."of",
    o.per,
    o.qualifier,
    o.region_code,
    coalesce(r.name, o.region_name) AS region_name,
    o.region_basis,
    o.region_text AS region_words,
    o.period,
    o.period_basis,
    o.period_text AS period_words,
    o.segment,
    o.segment_text,
    o.programs,
    o.quote,
    o.quote_start,
    o.quote_end,
    o.sentence,
    o.sentence_start,
    o.rule,
    o.cleaner_version,
    o.extractor_version,
    o.document_id,
    v.title,
    v.publisher,
    v.authors,
    v.published_at,
    v.url,
    v.text_sha256,
    d.source,
    v.snapshot_sha256,
    s.path AS snapshot_path,
    s.retrieved_at,
    s.media_type,
    q.request.address AS requested_address,
    q.request.at AS requested_at,
    q.request.status AS http_status,
    core.link_to_words(coalesce(v.url, d.source), o.sentence) AS deep_link,
    o.first_run_id,
    first_run.started_at AS first_run_at,
    last_run.run_id AS last_run_id,
    last_run.started_at AS last_run_at,
    o.closed_run_id
FROM core.observations o
JOIN core.documents d USING (document_id)
JOIN core.document_versions v ON v.version_id = coalesce(o.last_version_id, d.version_id)
JOIN raw.snapshots s ON s.source = d.source AND s.sha256 = v.snapshot_sha256
JOIN core.runs first_run ON first_run.run_id = o.first_run_id
JOIN core.runs last_run ON last_run.run_id = coalesce(o.last_run_id, d.last_run_id)
LEFT JOIN core.regions r ON r.code = o.region_code
LEFT JOIN (
    SELECT sha256, arg_min({'address': address, 'at': requested_at, 'status': status}, (requested_at, attempt)) AS request
    FROM raw.requests
    WHERE sha256 IS NOT NULL
    GROUP BY sha256
) q ON q.sha256 = v.snapshot_sha256
WHERE starts_with(o.observation_id, $prefix)
ORDER BY o.observation_id
