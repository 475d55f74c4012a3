-- Targets that laws and plans set, a reference table that every opening refreshes from seeds/.

CREATE TABLE core.targets (
    region_code VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    target DECIMAL(38, 6) NOT NULL,
    plan VARCHAR NOT NULL,
    preferred BOOLEAN NOT NULL,
    source VARCHAR NOT NULL,
    note VARCHAR NOT NULL
);
COMMENT ON TABLE core.targets IS 'Targets of coverage that laws and plans set, from seeds/targets.csv.';
COMMENT ON COLUMN core.targets.region_code IS 'region that the target is for; 00 the country';
COMMENT ON COLUMN core.targets.year IS 'year by whose end it is to be reached';
COMMENT ON COLUMN core.targets.target IS 'share of workers to be covered, percent';
COMMENT ON COLUMN core.targets.plan IS 'law or plan that sets it';
COMMENT ON COLUMN core.targets.preferred IS 'whether distances are measured to it, where a year has several';
COMMENT ON COLUMN core.targets.source IS 'where it can be read';
COMMENT ON COLUMN core.targets.note IS 'what it is about';
