MERGE INTO core.quality AS t
USING staged_quality AS s
USING (part, version, gold_sha256, subject, measure)
WHEN MATCHED THEN UPDATE BY NAME
WHEN NOT MATCHED THEN INSERT BY NAME
