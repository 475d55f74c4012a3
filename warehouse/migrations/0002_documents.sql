-- Snapshots, documents and their versions.
-- The tables of this and later files have no primary key: a MERGE that updates 200,000 keyed rows takes 6 s instead of
-- 0.1 s, and an index can lose entries when a process is killed. The audit unique_ids guards them at each publication.

CREATE TABLE raw.snapshots (
    source VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    retrieved_at TIMESTAMP NOT NULL,
    media_type VARCHAR,
    charset VARCHAR,
    size BIGINT NOT NULL,
    path VARCHAR NOT NULL,
    first_run_id VARCHAR NOT NULL
);
COMMENT ON TABLE raw.snapshots IS 'Bytes of pages and files as received, one row per source and content.';
COMMENT ON COLUMN raw.snapshots.source IS 'address that they were received from';
COMMENT ON COLUMN raw.snapshots.sha256 IS 'SHA-256 of the bytes';
COMMENT ON COLUMN raw.snapshots.retrieved_at IS 'when they were first received, UTC';
COMMENT ON COLUMN raw.snapshots.media_type IS 'media type that the sender claimed';
COMMENT ON COLUMN raw.snapshots.charset IS 'character set that the sender claimed';
COMMENT ON COLUMN raw.snapshots.size IS 'number of bytes';
COMMENT ON COLUMN raw.snapshots.path IS 'where they are kept (gzip), from the folder of the warehouse';
COMMENT ON COLUMN raw.snapshots.first_run_id IS 'run that first received them';

CREATE TABLE core.documents (
    document_id VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    version_id VARCHAR NOT NULL,
    content_digest VARCHAR NOT NULL,
    snapshot_sha256 VARCHAR NOT NULL,
    retrieved_at TIMESTAMP NOT NULL,
    first_run_id VARCHAR NOT NULL,
    last_run_id VARCHAR NOT NULL
);
COMMENT ON TABLE core.documents IS 'Articles, one row per source; what they say is in core.document_versions.';
COMMENT ON COLUMN core.documents.document_id IS 'identifier, from the source';
COMMENT ON COLUMN core.documents.source IS 'absolute address of the page or file';
COMMENT ON COLUMN core.documents.version_id IS 'current version, in core.document_versions';
COMMENT ON COLUMN core.documents.content_digest IS 'digest of all that was last loaded from it, by which a load knows that nothing is new';
COMMENT ON COLUMN core.documents.snapshot_sha256 IS 'snapshot that it was last read from';
COMMENT ON COLUMN core.documents.retrieved_at IS 'when that snapshot was received, UTC';
COMMENT ON COLUMN core.documents.first_run_id IS 'run that first saw it';
COMMENT ON COLUMN core.documents.last_run_id IS 'run that last saw it';

CREATE TABLE core.document_versions (
    version_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    text_sha256 VARCHAR NOT NULL,
    title VARCHAR,
    published_at VARCHAR,
    published_raw VARCHAR,
    published_basis VARCHAR,
    authors VARCHAR[] NOT NULL,
    publisher VARCHAR,
    url VARCHAR,
    language VARCHAR,
    event_date DATE,
    encoding VARCHAR NOT NULL,
    encoding_basis VARCHAR NOT NULL,
    method VARCHAR NOT NULL,
    snapshot_sha256 VARCHAR NOT NULL,
    cleaner_version VARCHAR NOT NULL,
    first_run_id VARCHAR NOT NULL,
    since_run_id VARCHAR NOT NULL,
    last_run_id VARCHAR,
    closed_run_id VARCHAR
);
COMMENT ON TABLE core.document_versions IS 'What articles said, one row per document and distinct text or metadata.';
COMMENT ON COLUMN core.document_versions.version_id IS 'identifier, from the document, its text and its metadata';
COMMENT ON COLUMN core.document_versions.document_id IS 'document that it is a version of';
COMMENT ON COLUMN core.document_versions.text IS 'clean text, one paragraph a line, without the title';
COMMENT ON COLUMN core.document_versions.text_sha256 IS 'SHA-256 of the text in UTF-8';
COMMENT ON COLUMN core.document_versions.title IS 'headline';
COMMENT ON COLUMN core.document_versions.published_at IS 'publication time, ISO 8601 with the offset that the article states';
COMMENT ON COLUMN core.document_versions.published_raw IS 'words that the publication time was read from';
COMMENT ON COLUMN core.document_versions.published_basis IS 'where those words stood';
COMMENT ON COLUMN core.document_versions.authors IS 'authors as named';
COMMENT ON COLUMN core.document_versions.publisher IS 'newspaper or site';
COMMENT ON COLUMN core.document_versions.url IS 'address that the article names as its own';
COMMENT ON COLUMN core.document_versions.language IS 'language code';
COMMENT ON COLUMN core.document_versions.event_date IS 'day that the article reports on';
COMMENT ON COLUMN core.document_versions.encoding IS 'how the bytes were decoded';
COMMENT ON COLUMN core.document_versions.encoding_basis IS 'how that encoding was found';
COMMENT ON COLUMN core.document_versions.method IS 'how the body of the article was found';
COMMENT ON COLUMN core.document_versions.snapshot_sha256 IS 'first snapshot that gave this version';
COMMENT ON COLUMN core.document_versions.cleaner_version IS 'version of the cleaner that first gave this version';
COMMENT ON COLUMN core.document_versions.first_run_id IS 'run that first saw it';
COMMENT ON COLUMN core.document_versions.since_run_id IS 'run that added it or found it again after it was closed';
COMMENT ON COLUMN core.document_versions.last_run_id IS 'last run that saw it; null while current, when it is the last run of its document';
COMMENT ON COLUMN core.document_versions.closed_run_id IS 'run that found another version; null while current';

CREATE TABLE core.removed_texts (
    removed_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    cleaner_version VARCHAR NOT NULL,
    extractor_version VARCHAR NOT NULL,
    first_run_id VARCHAR NOT NULL,
    since_run_id VARCHAR NOT NULL,
    last_run_id VARCHAR,
    last_version_id VARCHAR,
    closed_run_id VARCHAR
);
COMMENT ON TABLE core.removed_texts IS 'What was on a page and is not the article, with the rule that says so.';
COMMENT ON COLUMN core.removed_texts.removed_id IS 'identifier, from the document, the words and how often they came before';
COMMENT ON COLUMN core.removed_texts.document_id IS 'document that it was removed from';
COMMENT ON COLUMN core.removed_texts.kind IS 'kind of text, such as navigation or advertisement';
COMMENT ON COLUMN core.removed_texts.rule IS 'rule that removed it';
COMMENT ON COLUMN core.removed_texts.text IS 'the words';
COMMENT ON COLUMN core.removed_texts.cleaner_version IS 'version of the cleaner that led to this state of the row';
COMMENT ON COLUMN core.removed_texts.extractor_version IS 'version of the extractor that wrote this state of the row';
COMMENT ON COLUMN core.removed_texts.first_run_id IS 'run that first saw it';
COMMENT ON COLUMN core.removed_texts.since_run_id IS 'run that wrote this state of the row: added, changed, moved or reopened it';
COMMENT ON COLUMN core.removed_texts.last_run_id IS 'last run that saw it; null while current, when it is the last run of its document';
COMMENT ON COLUMN core.removed_texts.last_version_id IS 'version of the document that it last stood in; null while current, when it is the document''s current one';
COMMENT ON COLUMN core.removed_texts.closed_run_id IS 'run that no longer saw it; null while current';
