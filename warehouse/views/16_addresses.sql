CREATE VIEW main.addresses AS
WITH asked AS (
    SELECT
        address,
        count(*) AS requests,
        count(error_kind) AS failed_requests,
        sum(bytes) AS bytes,
        max(requested_at) AS last_requested_at,
        arg_max({'status': status, 'kind': error_kind, 'error': error, 'run_id': run_id}, (requested_at, attempt)) AS last
    FROM raw.requests
    GROUP BY address
),
set_aside AS (
    SELECT source, arg_max(reason, (last_run_id, rejection_id)) AS reason
    FROM core.rejections
    WHERE resolved_run_id IS NULL AND (stage <> 'load' OR kind = 'document')
    GROUP BY source
)
SELECT
    a.source_id,
    a.address,
    a.kind,
    a.state,
    a.title,
    a.found_at,
    a.published_at,
    a.checked_at,
    a.changed_at,
    a.due_at,
    a.failures,
    a.same_as,
    d.document_id,
    s.reason AS set_aside,
    coalesce(q.requests, 0) AS requests,
    coalesce(q.failed_requests, 0) AS failed_requests,
    coalesce(q.bytes, 0)::BIGINT AS bytes,
    q.last_requested_at,
    q.last.status AS last_status,
    q.last.kind AS last_error_kind,
    q.last.error AS last_error,
    q.last.run_id AS last_run_id
FROM raw.addresses a
LEFT JOIN asked q ON q.address = a.address
LEFT JOIN core.documents d ON d.source = a.document_source
LEFT JOIN set_aside s ON s.source = a.document_source;

COMMENT ON VIEW main.addresses IS 'What happened to each address that a refresh knows: its state, its document, and its last request.';
COMMENT ON COLUMN main.addresses.source_id IS 'source that it was first found in, in sources';
COMMENT ON COLUMN main.addresses.address IS 'address that is asked';
COMMENT ON COLUMN main.addresses.kind IS 'article, or list for feeds, sitemaps and listing pages';
COMMENT ON COLUMN main.addresses.state IS 'waiting (found, not yet taken), taken, gone (404 or 410; what it gave is kept), variant, or refused';
COMMENT ON COLUMN main.addresses.title IS 'title where it was found';
COMMENT ON COLUMN main.addresses.found_at IS 'when it was first found, UTC';
COMMENT ON COLUMN main.addresses.published_at IS 'publication time where it was found, UTC';
COMMENT ON COLUMN main.addresses.checked_at IS 'when it last answered, UTC';
COMMENT ON COLUMN main.addresses.changed_at IS 'when its content last changed, UTC';
COMMENT ON COLUMN main.addresses.due_at IS 'when it is to be asked again, UTC; null for never';
COMMENT ON COLUMN main.addresses.failures IS 'failures since it last answered';
COMMENT ON COLUMN main.addresses.same_as IS 'key of the address that it is a variant of';
COMMENT ON COLUMN main.addresses.document_id IS 'document that it gave, in documents';
COMMENT ON COLUMN main.addresses.set_aside IS 'why its document is in quarantine; null where it is not';
COMMENT ON COLUMN main.addresses.requests IS 'requests that were made or refused for it';
COMMENT ON COLUMN main.addresses.failed_requests IS 'requests of these that failed or were refused';
COMMENT ON COLUMN main.addresses.bytes IS 'bytes that came over the line for it';
COMMENT ON COLUMN main.addresses.last_requested_at IS 'when the last of these began, UTC';
COMMENT ON COLUMN main.addresses.last_status IS 'HTTP status of the last; null where there was no answer';
COMMENT ON COLUMN main.addresses.last_error_kind IS 'kind of failure of the last, a fixed word; null for none';
COMMENT ON COLUMN main.addresses.last_error IS 'what went wrong with the last, in words';
COMMENT ON COLUMN main.addresses.last_run_id IS 'run of the last request';
