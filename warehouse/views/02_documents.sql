CREATE VIEW main.documents AS
SELECT
    d.document_id,
    d.source,
    v.title,
    v.publisher,
    coalesce(v.url, CASE WHEN starts_with(d.source, 'http') THEN d.source END) AS url,
    v.published_at,
    v.event_date,
    v.text,
    v.text_sha256,
    v.snapshot_sha256,
    v.authors,
    v.language,
    d.first_run_id,
    d.last_run_id
FROM core.documents d
JOIN core.document_versions v USING (version_id);

COMMENT ON VIEW main.documents IS 'Articles in their newest version, one row each.';
COMMENT ON COLUMN main.documents.document_id IS 'identifier, from the source';
COMMENT ON COLUMN main.documents.source IS 'absolute address of the page or file (https://… or file:///…)';
COMMENT ON COLUMN main.documents.title IS 'headline';
COMMENT ON COLUMN main.documents.publisher IS 'newspaper or site';
COMMENT ON COLUMN main.documents.url IS 'web address of the article, where one is known';
COMMENT ON COLUMN main.documents.published_at IS 'publication time, ISO 8601 text with the offset that the article states';
COMMENT ON COLUMN main.documents.event_date IS 'day that the article reports on';
COMMENT ON COLUMN main.documents.text IS 'clean text, one paragraph a line, without the title';
COMMENT ON COLUMN main.documents.text_sha256 IS 'SHA-256 of the text in UTF-8';
COMMENT ON COLUMN main.documents.snapshot_sha256 IS 'SHA-256 of the bytes that the text was read from';
COMMENT ON COLUMN main.documents.authors IS 'authors as named';
COMMENT ON COLUMN main.documents.language IS 'language code';
COMMENT ON COLUMN main.documents.first_run_id IS 'run that first saw the article';
COMMENT ON COLUMN main.documents.last_run_id IS 'run that last saw the article';
