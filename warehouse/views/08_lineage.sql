-- A link to words on a page: https://wicg.github.io/scroll-to-text-fragment/ gives "-" a meaning, so it is escaped too.
CREATE OR REPLACE MACRO core.link_to_words(address, words) AS
    CASE
        WHEN starts_with(address, 'http')
            THEN address || CASE WHEN contains(address, '#') THEN ':~:text=' ELSE '#:~:text=' END
                || replace(url_encode(words), '-', '%2D')
        ELSE address
    END;
COMMENT ON MACRO core.link_to_words IS 'address that opens a web page at the given words; other addresses as they are';

-- The request is the first one that brought the bytes; a file has none.
CREATE VIEW main.lineage AS
WITH brought AS (
    SELECT sha256, arg_min({'address': address, 'at': requested_at, 'status': status}, (requested_at, attempt)) AS request
    FROM raw.requests
    WHERE sha256 IS NOT NULL
    GROUP BY sha256
)
SELECT
    o.observation_id,
    o.metric,
    o.value,
    o.quote,
    o.quote_start,
    o.quote_end,
    o.sentence,
    o.sentence_start,
    o.sentence_start + length(o.sentence) AS sentence_end,
    o.rule,
    o.cleaner_version,
    o.extractor_version,
    d.document_id,
    d.title,
    d.text_sha256,
    d.snapshot_sha256,
    s.path AS snapshot_path,
    s.retrieved_at,
    d.source,
    d.url,
    core.link_to_words(coalesce(d.url, d.source), o.sentence) AS deep_link,
    o.first_run_id,
    d.last_run_id,
    b.request.address AS requested_address,
    b.request.at AS requested_at,
    b.request.status AS http_status
FROM core.observations o
JOIN main.documents d USING (document_id)
LEFT JOIN raw.snapshots s ON s.source = d.source AND s.sha256 = d.snapshot_sha256
LEFT JOIN brought b ON b.sha256 = d.snapshot_sha256
WHERE o.closed_run_id IS NULL;

COMMENT ON VIEW main.lineage IS 'The way back of each observation: quote, sentence, text, snapshot, source and run.';
COMMENT ON COLUMN main.lineage.observation_id IS 'observation, in observations';
COMMENT ON COLUMN main.lineage.metric IS 'what is measured';
COMMENT ON COLUMN main.lineage.value IS 'the figure';
COMMENT ON COLUMN main.lineage.quote IS 'words that state the figure';
COMMENT ON COLUMN main.lineage.quote_start IS 'where the quote begins in documents.text, in code points from 0';
COMMENT ON COLUMN main.lineage.quote_end IS 'where the quote ends in documents.text, exclusive';
COMMENT ON COLUMN main.lineage.sentence IS 'sentence that the quote stands in';
COMMENT ON COLUMN main.lineage.sentence_start IS 'where the sentence begins in documents.text';
COMMENT ON COLUMN main.lineage.sentence_end IS 'where the sentence ends in documents.text, exclusive';
COMMENT ON COLUMN main.lineage.rule IS 'rule that read the figure';
COMMENT ON COLUMN main.lineage.cleaner_version IS 'version of the cleaner that led to it';
COMMENT ON COLUMN main.lineage.extractor_version IS 'version of the extractor that first read it so';
COMMENT ON COLUMN main.lineage.document_id IS 'article, in documents';
COMMENT ON COLUMN main.lineage.title IS 'headline of the article';
COMMENT ON COLUMN main.lineage.text_sha256 IS 'SHA-256 of the article''s text';
COMMENT ON COLUMN main.lineage.snapshot_sha256 IS 'SHA-256 of the bytes that the text was read from';
COMMENT ON COLUMN main.lineage.snapshot_path IS 'file that keeps those bytes (gzip), from the folder of the warehouse';
COMMENT ON COLUMN main.lineage.retrieved_at IS 'when those bytes were received, UTC';
COMMENT ON COLUMN main.lineage.source IS 'absolute address that they came from';
COMMENT ON COLUMN main.lineage.url IS 'web address of the article, where one is known';
COMMENT ON COLUMN main.lineage.deep_link IS 'address that opens a web page at the sentence; the source for a file';
COMMENT ON COLUMN main.lineage.first_run_id IS 'run that first saw the observation';
COMMENT ON COLUMN main.lineage.last_run_id IS 'run that last saw the observation';
COMMENT ON COLUMN main.lineage.requested_address IS 'address whose answer brought the bytes; null for a file';
COMMENT ON COLUMN main.lineage.requested_at IS 'when that request began, UTC';
COMMENT ON COLUMN main.lineage.http_status IS 'HTTP status of that answer';
