-- What was asked of the web, and what is known of each address.

CREATE TABLE raw.requests (
    run_id VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    purpose VARCHAR NOT NULL,
    address VARCHAR NOT NULL,
    requested_at TIMESTAMP NOT NULL,
    attempt INTEGER NOT NULL,
    robots VARCHAR NOT NULL,
    conditional BOOLEAN NOT NULL,
    status INTEGER,
    bytes BIGINT NOT NULL,
    seconds DOUBLE NOT NULL,
    media_type VARCHAR,
    etag VARCHAR,
    last_modified VARCHAR,
    sha256 VARCHAR,
    error_kind VARCHAR,
    error VARCHAR
);
COMMENT ON TABLE raw.requests IS 'Requests to the web, one row each, also those that robots.txt or safety did not let happen.';
COMMENT ON COLUMN raw.requests.run_id IS 'run that made it';
COMMENT ON COLUMN raw.requests.source_id IS 'source that it was made for';
COMMENT ON COLUMN raw.requests.purpose IS 'robots, feed, sitemap, listing or article';
COMMENT ON COLUMN raw.requests.address IS 'address that was asked, one row for each hop of a redirect';
COMMENT ON COLUMN raw.requests.requested_at IS 'when it began, UTC';
COMMENT ON COLUMN raw.requests.attempt IS 'number of the try, from 1';
COMMENT ON COLUMN raw.requests.robots IS 'allowed, disallowed, unreachable (then nothing is asked), or none for robots.txt itself';
COMMENT ON COLUMN raw.requests.conditional IS 'whether it asked for the page only if it had changed';
COMMENT ON COLUMN raw.requests.status IS 'HTTP status; null where there was no answer';
COMMENT ON COLUMN raw.requests.bytes IS 'bytes of the body as they came over the line';
COMMENT ON COLUMN raw.requests.seconds IS 'seconds from the request to the end of the answer';
COMMENT ON COLUMN raw.requests.media_type IS 'media type that the answer claims';
COMMENT ON COLUMN raw.requests.etag IS 'validator ETag of the answer';
COMMENT ON COLUMN raw.requests.last_modified IS 'validator Last-Modified of the answer';
COMMENT ON COLUMN raw.requests.sha256 IS 'SHA-256 of the decoded body, for a whole answer with one';
COMMENT ON COLUMN raw.requests.error_kind IS 'kind of failure, a fixed word; null for none';
COMMENT ON COLUMN raw.requests.error IS 'what went wrong, in words';

CREATE TABLE raw.addresses (
    address_key VARCHAR NOT NULL,
    address VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    title VARCHAR,
    same_as VARCHAR,
    document_source VARCHAR,
    found_at TIMESTAMP NOT NULL,
    published_at TIMESTAMP,
    modified_at TIMESTAMP,
    checked_at TIMESTAMP,
    changed_at TIMESTAMP,
    due_at TIMESTAMP,
    etag VARCHAR,
    last_modified VARCHAR,
    sha256 VARCHAR,
    basis VARCHAR,
    failures INTEGER NOT NULL,
    run_id VARCHAR NOT NULL
);
COMMENT ON TABLE raw.addresses IS 'Addresses that were found, and feeds and lists that they were found in: what a refresh knows of each.';
COMMENT ON COLUMN raw.addresses.address_key IS 'what variants of one address have in common; for feeds and lists with their source in front';
COMMENT ON COLUMN raw.addresses.address IS 'address that is asked';
COMMENT ON COLUMN raw.addresses.source_id IS 'source that it was first found in';
COMMENT ON COLUMN raw.addresses.kind IS 'article, or list for feeds, sitemaps and listing pages';
COMMENT ON COLUMN raw.addresses.state IS 'waiting (found, not yet taken), taken, gone (404 or 410; what it gave is kept), variant, or refused';
COMMENT ON COLUMN raw.addresses.title IS 'title where it was found';
COMMENT ON COLUMN raw.addresses.same_as IS 'key of the address that it is a variant of';
COMMENT ON COLUMN raw.addresses.document_source IS 'source of the document that it gave';
COMMENT ON COLUMN raw.addresses.found_at IS 'when it was first found, UTC';
COMMENT ON COLUMN raw.addresses.published_at IS 'publication time where it was found, UTC';
COMMENT ON COLUMN raw.addresses.modified_at IS 'newest change that a feed or sitemap announced, UTC';
COMMENT ON COLUMN raw.addresses.checked_at IS 'when it last answered, UTC';
COMMENT ON COLUMN raw.addresses.changed_at IS 'when its content last changed, UTC';
COMMENT ON COLUMN raw.addresses.due_at IS 'when it is to be asked again, UTC; null for never';
COMMENT ON COLUMN raw.addresses.etag IS 'validator for the next conditional request';
COMMENT ON COLUMN raw.addresses.last_modified IS 'validator for the next conditional request';
COMMENT ON COLUMN raw.addresses.sha256 IS 'SHA-256 of its content when it was last taken';
COMMENT ON COLUMN raw.addresses.basis IS 'for lists: digest of the source''s description that they were last read with';
COMMENT ON COLUMN raw.addresses.failures IS 'failures since it last answered';
COMMENT ON COLUMN raw.addresses.run_id IS 'run that wrote this state of the row';
