SELECT cleaner_version, extractor_version FROM core.runs WHERE run_id = $run_id
