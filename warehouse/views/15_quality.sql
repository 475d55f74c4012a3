CREATE VIEW main.quality AS
WITH used AS (
    SELECT 'extract' AS part, extractor_version AS version, count(*) AS observations
    FROM core.observations WHERE closed_run_id IS NULL GROUP BY ALL
    UNION ALL
    SELECT 'clean', cleaner_version, count(*)
    FROM core.observations WHERE closed_run_id IS NULL GROUP BY ALL
)
SELECT
    q.part,
    q.version,
    q.subject,
    q.measure,
    q.score,
    q.floor,
    coalesce(u.observations, 0) AS observations,
    q.measured_at,
    q.gold_sha256
FROM core.quality q
LEFT JOIN used u ON u.part = q.part AND u.version = q.version;

COMMENT ON VIEW main.quality IS 'How well versions of the code read annotated pages and articles, as make quality measured it.';
COMMENT ON COLUMN main.quality.part IS 'clean (pages become articles) or extract (articles become observations)';
COMMENT ON COLUMN main.quality.version IS 'version of the code that was measured: the extractor_version of observations, for extract';
COMMENT ON COLUMN main.quality.subject IS 'what was measured: a metric, a field, or all';
COMMENT ON COLUMN main.quality.measure IS 'how: precision, recall, f1, grounding and others';
COMMENT ON COLUMN main.quality.score IS 'what was measured, a share from 0 to 1';
COMMENT ON COLUMN main.quality.floor IS 'lowest score that a change may have; null where none is recorded';
COMMENT ON COLUMN main.quality.observations IS 'current observations that this version wrote';
COMMENT ON COLUMN main.quality.measured_at IS 'when it was measured last, UTC';
COMMENT ON COLUMN main.quality.gold_sha256 IS 'hash of the annotated files that it was measured on';
