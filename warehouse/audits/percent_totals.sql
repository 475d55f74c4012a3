-- Totals and percentages are reckoned from the figures that a finding names, judged by its tolerance, and none is left out.
-- It reckons in floating point: sums of the largest numbers that the warehouse takes do not fit into its decimals.
WITH named AS (
    SELECT
        f.finding_id, f.rule, f.severity, f.tolerance, o.metric, abs(f.stated - f.computed) < f.tolerance AS fits,
        CAST(f.stated AS DOUBLE) AS stated, CAST(f.computed AS DOUBLE) AS computed, CAST(o.value AS DOUBLE) AS value
    FROM (
        SELECT *, unnest(observation_ids) AS observation_id
        FROM core.findings
        WHERE closed_run_id IS NULL AND kind = 'arithmetic' AND stated IS NOT NULL AND computed IS NOT NULL
    ) f
    JOIN core.observations o USING (observation_id)
),
reckoned AS (
    SELECT
        finding_id, rule, severity, stated, computed, tolerance, fits,
        0.0001 + 0.000000001 * (abs(stated) + abs(computed)) AS little,
        sum(value) AS total,
        list(value) AS values,
        coalesce(list(value) FILTER (metric = 'coverage_rate'), []) AS rates,
        coalesce(list(value) FILTER (metric = 'participants'), []) AS covered,
        coalesce(list(value) FILTER (metric = 'eligible_workers'), []) AS eligible,
        coalesce(sum(value) FILTER (metric = 'uncovered_workers'), 0) AS uncovered
    FROM named
    GROUP BY ALL
),
judged AS (
    SELECT
        *,
        list_contains(values, stated) AND CASE rule
            WHEN 'parts and total' THEN abs(total - stated - computed) < little
            WHEN 'covered and uncovered' THEN list_contains(eligible, stated) AND abs(total - stated - computed) < little
            WHEN 'change' THEN len(list_filter(rates, lambda later:
                len(list_filter(rates, lambda earlier: abs(later - earlier - computed) < little)) > 0)) > 0
            WHEN 'rate' THEN list_contains(rates, stated) AND len(list_filter(covered, lambda part:
                len(list_filter(
                    list_concat(eligible, list_transform(covered, lambda side: side + uncovered)),
                    lambda whole: whole > 0 AND abs(100 * part / whole - computed) < little
                )) > 0)) > 0
            ELSE true
        END AS is_reckoned
    FROM reckoned
),
whole AS (
    SELECT o.observation_id, o.document_id, o.region_code, o.period, o.metric, o.value, o.qualifier
    FROM core.observations o
    WHERE o.closed_run_id IS NULL AND o.region_code IS NOT NULL AND o.value_max IS NULL AND len(o.programs) <> 1
        AND (o.segment IS NULL OR o.segment = 'peserta aktif')
        AND o.metric IN ('coverage_rate', 'participants', 'eligible_workers')
),
trio AS (
    SELECT
        document_id,
        region_code,
        any_value(observation_id) FILTER (metric = 'coverage_rate') AS rate_id
    FROM whole
    GROUP BY document_id, region_code
    HAVING count(*) FILTER (metric = 'coverage_rate') = 1
        AND count(*) FILTER (metric = 'participants') = 1
        AND count(*) FILTER (metric = 'eligible_workers' AND value > 0) = 1
        AND count(*) = 3
        AND count(DISTINCT coalesce(period, '')) = 1
        AND count(*) FILTER (qualifier IN ('at_least', 'at_most')) = 0
),
told AS (
    SELECT unnest(observation_ids) AS observation_id, kind, rule FROM core.findings WHERE closed_run_id IS NULL
)
SELECT 'is not what its figures give' AS fault, finding_id AS id, rule, stated, computed, tolerance
FROM judged
WHERE NOT is_reckoned
UNION ALL
SELECT 'is judged against its tolerance', finding_id, rule, stated, computed, tolerance
FROM judged
WHERE (severity = 'info') <> fits
UNION ALL
SELECT 'was never held against its counts', rate_id, 'rate', NULL, NULL, NULL
FROM trio
ANTI JOIN (FROM told WHERE kind = 'arithmetic' AND rule = 'rate') t ON t.observation_id = trio.rate_id
UNION ALL
SELECT 'is no share and nobody says so', o.observation_id, 'range', o.value, NULL, NULL
FROM core.observations o
ANTI JOIN (FROM told WHERE kind = 'plausibility' AND rule = 'range') t ON t.observation_id = o.observation_id
WHERE o.closed_run_id IS NULL AND o.metric IN ('coverage_rate', 'coverage_target')
    AND (o.value < 0 OR coalesce(o.value_max, o.value) > 100)
