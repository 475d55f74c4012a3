CREATE VIEW main.regulations AS
SELECT
    g.regulation_id,
    g.kind,
    g.number,
    g.year,
    g.region_code,
    r.name AS region_name,
    g.quote,
    g.quote_start,
    g.quote_end,
    g.document_id
FROM core.regulations g
LEFT JOIN core.regions r ON r.code = g.region_code
WHERE g.closed_run_id IS NULL;

COMMENT ON VIEW main.regulations IS 'Regulations that articles name, one row each.';
COMMENT ON COLUMN main.regulations.regulation_id IS 'identifier';
COMMENT ON COLUMN main.regulations.kind IS 'kind of regulation, such as Pergub';
COMMENT ON COLUMN main.regulations.number IS 'number as written';
COMMENT ON COLUMN main.regulations.year IS 'year of the regulation';
COMMENT ON COLUMN main.regulations.region_code IS 'Kemendagri code of the region that made it';
COMMENT ON COLUMN main.regulations.region_name IS 'official name of the region';
COMMENT ON COLUMN main.regulations.quote IS 'words that name it';
COMMENT ON COLUMN main.regulations.quote_start IS 'where the quote begins in documents.text, in code points from 0';
COMMENT ON COLUMN main.regulations.quote_end IS 'where the quote ends in documents.text, exclusive';
COMMENT ON COLUMN main.regulations.document_id IS 'article that names it, in documents';
