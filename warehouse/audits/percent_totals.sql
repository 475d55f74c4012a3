-- Totals and percentages that a finding calls reconciled differ by less than rounding allows.
SELECT finding_id, rule, stated, computed, tolerance
FROM core.findings
WHERE closed_run_id IS NULL AND kind = 'arithmetic' AND severity = 'info'
    AND rule <> 'agrees as worded'
    AND (stated IS NULL OR computed IS NULL OR abs(stated - computed) >= tolerance)
