CREATE VIEW main.sources AS
WITH known AS (
    SELECT
        a.source_id,
        count(*) FILTER (kind = 'list') AS lists,
        count(*) FILTER (kind = 'article') AS articles,
        count(*) FILTER (kind = 'article' AND state = 'waiting') AS waiting,
        count(*) FILTER (kind = 'article' AND state = 'taken') AS taken,
        count(*) FILTER (kind = 'article' AND state = 'gone') AS gone,
        count(*) FILTER (kind = 'article' AND state = 'variant') AS variants,
        count(*) FILTER (kind = 'article' AND state = 'refused') AS refused,
        count(*) FILTER (failures > 0) AS failing,
        max(found_at) FILTER (kind = 'article') AS last_found_at,
        max(published_at) FILTER (kind = 'article') AS newest_article_at,
        max(changed_at) FILTER (kind = 'article') AS last_changed_at,
        max(checked_at) FILTER (kind = 'list') AS last_listed_at,
        count(d.document_id) AS documents,
        sum(o.observations) AS observations
    FROM raw.addresses a
    LEFT JOIN core.documents d ON d.source = a.document_source
    LEFT JOIN (
        SELECT document_id, count(*) AS observations
        FROM core.observations WHERE closed_run_id IS NULL GROUP BY document_id
    ) o ON o.document_id = d.document_id
    GROUP BY a.source_id
),
asked AS (
    SELECT
        source_id,
        count(*) AS requests,
        count(error_kind) AS failed_requests,
        sum(bytes) AS bytes,
        max(requested_at) AS last_requested_at,
        arg_max(run_id, (requested_at, attempt)) AS last_run_id
    FROM raw.requests
    GROUP BY source_id
),
last_asked AS (
    SELECT
        r.source_id,
        count(*) AS requests,
        count(r.error_kind) AS failed_requests,
        mode(r.error_kind ORDER BY r.error_kind) AS error_kind
    FROM raw.requests r
    JOIN asked q ON q.source_id = r.source_id AND q.last_run_id = r.run_id
    GROUP BY r.source_id
)
SELECT
    coalesce(k.source_id, q.source_id) AS source_id,
    coalesce(k.lists, 0) AS lists,
    coalesce(k.articles, 0) AS articles,
    coalesce(k.waiting, 0) AS waiting,
    coalesce(k.taken, 0) AS taken,
    coalesce(k.gone, 0) AS gone,
    coalesce(k.variants, 0) AS variants,
    coalesce(k.refused, 0) AS refused,
    coalesce(k.failing, 0) AS failing,
    coalesce(k.documents, 0) AS documents,
    coalesce(k.observations, 0)::BIGINT AS observations,
    k.last_listed_at,
    k.last_found_at,
    k.newest_article_at,
    k.last_changed_at,
    coalesce(q.requests, 0) AS requests,
    coalesce(q.failed_requests, 0) AS failed_requests,
    coalesce(q.bytes, 0)::BIGINT AS bytes,
    q.last_requested_at,
    q.last_run_id,
    coalesce(n.requests, 0) AS last_run_requests,
    coalesce(n.failed_requests, 0) AS last_run_failed_requests,
    n.error_kind AS last_run_error_kind
FROM known k
FULL JOIN asked q ON q.source_id = k.source_id
LEFT JOIN last_asked n ON n.source_id = q.source_id;

COMMENT ON VIEW main.sources IS 'What a refresh got from each source: addresses by state, documents, requests and failures.';
COMMENT ON COLUMN main.sources.source_id IS 'identifier of the source, in seeds/sources.yml';
COMMENT ON COLUMN main.sources.lists IS 'feeds, sitemaps and listing pages that were read';
COMMENT ON COLUMN main.sources.articles IS 'addresses of articles that are known';
COMMENT ON COLUMN main.sources.waiting IS 'addresses of these that were found and not yet taken';
COMMENT ON COLUMN main.sources.taken IS 'addresses of these that gave content';
COMMENT ON COLUMN main.sources.gone IS 'addresses of these that answered 404 or 410; what they gave is kept';
COMMENT ON COLUMN main.sources.variants IS 'addresses of these that lead to an article that another address gave';
COMMENT ON COLUMN main.sources.refused IS 'addresses of these that failed so often that they are no longer asked';
COMMENT ON COLUMN main.sources.failing IS 'addresses that failed since they last answered';
COMMENT ON COLUMN main.sources.documents IS 'documents that came of it';
COMMENT ON COLUMN main.sources.observations IS 'current observations of these documents';
COMMENT ON COLUMN main.sources.last_listed_at IS 'when one of its lists last answered, UTC';
COMMENT ON COLUMN main.sources.last_found_at IS 'when an article was last found that was not known, UTC';
COMMENT ON COLUMN main.sources.newest_article_at IS 'publication time of its newest article, UTC';
COMMENT ON COLUMN main.sources.last_changed_at IS 'when the content of an article last changed, UTC';
COMMENT ON COLUMN main.sources.requests IS 'requests that were made or refused for it';
COMMENT ON COLUMN main.sources.failed_requests IS 'requests of these that failed or were refused';
COMMENT ON COLUMN main.sources.bytes IS 'bytes that came over the line for it';
COMMENT ON COLUMN main.sources.last_requested_at IS 'when the last request for it began, UTC';
COMMENT ON COLUMN main.sources.last_run_id IS 'run of that request';
COMMENT ON COLUMN main.sources.last_run_requests IS 'requests for it in that run';
COMMENT ON COLUMN main.sources.last_run_failed_requests IS 'requests of these that failed or were refused';
COMMENT ON COLUMN main.sources.last_run_error_kind IS 'most frequent kind of these failures; null for none';
