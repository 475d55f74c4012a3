-- First and last day of a period: YYYY, YYYY-MM, YYYY-MM-DD or START/END, both ends included.
CREATE OR REPLACE MACRO core.period_first_day(period) AS
    try_cast(split_part(period, '/', 1) || substr('-01-01', length(split_part(period, '/', 1)) - 3) AS DATE);
COMMENT ON MACRO core.period_first_day IS 'first day of an ISO 8601 period; null when it is none';

CREATE OR REPLACE MACRO core.period_last_day(period) AS
    CASE length(split_part(period, '/', -1))
        WHEN 4 THEN try_cast(split_part(period, '/', -1) || '-12-31' AS DATE)
        WHEN 7 THEN last_day(try_cast(split_part(period, '/', -1) || '-01' AS DATE))
        ELSE try_cast(split_part(period, '/', -1) AS DATE)
    END;
COMMENT ON MACRO core.period_last_day IS 'last day of an ISO 8601 period; null when it is none';
