CREATE VIEW main.agreements AS
SELECT
    a.agreement_id,
    a.kind,
    a.date,
    a.region_code,
    r.name AS region_name,
    a.parties,
    a.quote,
    a.quote_start,
    a.quote_end,
    a.document_id
FROM core.agreements a
LEFT JOIN core.regions r ON r.code = a.region_code
WHERE a.closed_run_id IS NULL;

COMMENT ON VIEW main.agreements IS 'Agreements that articles name, one row each.';
COMMENT ON COLUMN main.agreements.agreement_id IS 'identifier';
COMMENT ON COLUMN main.agreements.kind IS 'kind of agreement, such as nota kesepakatan';
COMMENT ON COLUMN main.agreements.date IS 'day of signing, ISO 8601 text, as precise as stated';
COMMENT ON COLUMN main.agreements.region_code IS 'Kemendagri code of the region that it is about';
COMMENT ON COLUMN main.agreements.region_name IS 'official name of the region';
COMMENT ON COLUMN main.agreements.parties IS 'parties as named';
COMMENT ON COLUMN main.agreements.quote IS 'words that name it';
COMMENT ON COLUMN main.agreements.quote_start IS 'where the quote begins in documents.text, in code points from 0';
COMMENT ON COLUMN main.agreements.quote_end IS 'where the quote ends in documents.text, exclusive';
COMMENT ON COLUMN main.agreements.document_id IS 'article that names it, in documents';
