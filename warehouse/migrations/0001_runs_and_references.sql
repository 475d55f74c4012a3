-- Schemas, runs, and the reference tables that every opening refreshes from seeds/.

CREATE SCHEMA raw;
CREATE SCHEMA core;

CREATE TABLE core.schema_migrations (
    version INTEGER PRIMARY KEY,
    name VARCHAR NOT NULL,
    applied_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE core.schema_migrations IS 'Migrations that were applied to this file, one row each.';
COMMENT ON COLUMN core.schema_migrations.version IS 'number of the migration file';
COMMENT ON COLUMN core.schema_migrations.name IS 'name of the migration file';
COMMENT ON COLUMN core.schema_migrations.applied_at IS 'when it was applied, UTC';

CREATE TABLE core.runs (
    run_id VARCHAR PRIMARY KEY,
    flow VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    started_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP,
    code_version VARCHAR NOT NULL,
    cleaner_version VARCHAR NOT NULL,
    extractor_version VARCHAR NOT NULL,
    documents_read INTEGER NOT NULL DEFAULT 0,
    documents_new INTEGER NOT NULL DEFAULT 0,
    documents_changed INTEGER NOT NULL DEFAULT 0,
    documents_unchanged INTEGER NOT NULL DEFAULT 0,
    documents_quarantined INTEGER NOT NULL DEFAULT 0,
    observations_added INTEGER NOT NULL DEFAULT 0,
    observations_changed INTEGER NOT NULL DEFAULT 0,
    observations_moved INTEGER NOT NULL DEFAULT 0,
    observations_unchanged INTEGER NOT NULL DEFAULT 0,
    observations_gone INTEGER NOT NULL DEFAULT 0,
    rows_quarantined INTEGER NOT NULL DEFAULT 0
);
COMMENT ON TABLE core.runs IS 'Executions of a flow, one row each, with versions and counts.';
COMMENT ON COLUMN core.runs.run_id IS 'identifier of the run';
COMMENT ON COLUMN core.runs.flow IS 'flow that was run';
COMMENT ON COLUMN core.runs.status IS 'running, interrupted (it never ended), or what the flow said at its end';
COMMENT ON COLUMN core.runs.started_at IS 'when it began, UTC';
COMMENT ON COLUMN core.runs.finished_at IS 'when it ended, UTC; null while running and when interrupted';
COMMENT ON COLUMN core.runs.code_version IS 'version of the whole project';
COMMENT ON COLUMN core.runs.cleaner_version IS 'version of what turns bytes into an article';
COMMENT ON COLUMN core.runs.extractor_version IS 'version of what turns an article into observations';
COMMENT ON COLUMN core.runs.documents_read IS 'documents that were handed to the warehouse or set aside';
COMMENT ON COLUMN core.runs.documents_new IS 'documents that were not known';
COMMENT ON COLUMN core.runs.documents_changed IS 'documents with another text or other metadata than before';
COMMENT ON COLUMN core.runs.documents_unchanged IS 'documents that were known just so';
COMMENT ON COLUMN core.runs.documents_quarantined IS 'documents that were set aside';
COMMENT ON COLUMN core.runs.observations_added IS 'observations that were not current before';
COMMENT ON COLUMN core.runs.observations_changed IS 'observations that are read differently than before';
COMMENT ON COLUMN core.runs.observations_moved IS 'observations that stand elsewhere in the text and say the same';
COMMENT ON COLUMN core.runs.observations_unchanged IS 'observations that were known just so';
COMMENT ON COLUMN core.runs.observations_gone IS 'observations that their document no longer states';
COMMENT ON COLUMN core.runs.rows_quarantined IS 'rows that were set aside of documents that went in';

CREATE TABLE core.regions (
    code VARCHAR PRIMARY KEY,
    name VARCHAR NOT NULL,
    level VARCHAR NOT NULL,
    province_code VARCHAR
);
COMMENT ON TABLE core.regions IS 'Regions of Indonesia by Kemendagri code, from seeds/regions.csv.';
COMMENT ON COLUMN core.regions.code IS 'Kemendagri code: 00 the country, NN a province, NN.NN a kabupaten or kota';
COMMENT ON COLUMN core.regions.name IS 'official name';
COMMENT ON COLUMN core.regions.level IS 'level of government: negara, provinsi, kabupaten or kota';
COMMENT ON COLUMN core.regions.province_code IS 'code of the province that it is or belongs to; null for the country';

CREATE TABLE core.metrics (
    metric VARCHAR PRIMARY KEY,
    unit VARCHAR NOT NULL,
    meaning VARCHAR NOT NULL,
    minimum DECIMAL(38, 6),
    maximum DECIMAL(38, 6)
);
COMMENT ON TABLE core.metrics IS 'What is measured, from seeds/metrics.csv.';
COMMENT ON COLUMN core.metrics.metric IS 'name of the metric';
COMMENT ON COLUMN core.metrics.unit IS 'the one unit of its values';
COMMENT ON COLUMN core.metrics.meaning IS 'what it means';
COMMENT ON COLUMN core.metrics.minimum IS 'smallest plausible value; smaller ones are kept and flagged';
COMMENT ON COLUMN core.metrics.maximum IS 'largest plausible value; larger ones are kept and flagged';
