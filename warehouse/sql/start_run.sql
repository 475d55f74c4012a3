INSERT INTO core.runs BY NAME
SELECT
    $run_id AS run_id,
    $flow AS flow,
    'running' AS status,
    $started_at AS started_at,
    $code_version AS code_version,
    $cleaner_version AS cleaner_version,
    $extractor_version AS extractor_version
