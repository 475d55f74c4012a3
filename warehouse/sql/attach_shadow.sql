-- What today's rules make of the stored snapshots: in memory, so that neither the warehouse nor its copy holds it.
ATTACH ':memory:' AS shadow;
CREATE TABLE shadow.documents (document_id VARCHAR NOT NULL, text VARCHAR NOT NULL);
CREATE TABLE shadow.observations AS
SELECT COLUMNS(lambda name: name NOT IN (
    'cleaner_version', 'extractor_version', 'first_run_id', 'since_run_id', 'last_run_id', 'last_version_id',
    'closed_run_id'
))
FROM core.observations
LIMIT 0;
