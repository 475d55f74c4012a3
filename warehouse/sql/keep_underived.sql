-- What no snapshot can give again: runs, requests, measured quality, and what failed before there were bytes.
INSERT INTO core.runs BY NAME FROM earlier.core.runs ANTI JOIN core.runs USING (run_id);
INSERT INTO raw.requests BY NAME FROM earlier.raw.requests;
INSERT INTO raw.addresses BY NAME FROM earlier.raw.addresses;
INSERT INTO core.quality BY NAME FROM earlier.core.quality;
INSERT INTO core.rejections BY NAME
FROM earlier.core.rejections WHERE snapshot_sha256 IS NULL AND resolved_run_id IS NULL;
