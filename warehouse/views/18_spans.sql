-- Pieces of article texts that something rests on: https://www.w3.org/TR/annotation-model/#text-position-selector
CREATE VIEW main.spans AS
SELECT document_id, 'sentence' AS kind, observation_id AS row_id, sentence_start AS span_start,
    sentence_start + length(sentence) AS span_end, sentence AS words
FROM core.observations WHERE closed_run_id IS NULL
UNION ALL
SELECT document_id, 'observation', observation_id, quote_start, quote_end, quote
FROM core.observations WHERE closed_run_id IS NULL
UNION ALL
SELECT document_id, 'region', observation_id, region_text_start, region_text_end, region_text
FROM core.observations WHERE closed_run_id IS NULL AND region_text_start IS NOT NULL
UNION ALL
SELECT document_id, 'period', observation_id, period_text_start, period_text_end, period_text
FROM core.observations WHERE closed_run_id IS NULL AND period_text_start IS NOT NULL
UNION ALL
SELECT document_id, 'agreement', agreement_id, quote_start, quote_end, quote
FROM core.agreements WHERE closed_run_id IS NULL
UNION ALL
SELECT document_id, 'regulation', regulation_id, quote_start, quote_end, quote
FROM core.regulations WHERE closed_run_id IS NULL
UNION ALL
SELECT document_id, 'number', mention_id, text_start, text_end, text
FROM core.number_mentions WHERE closed_run_id IS NULL
UNION ALL
SELECT document_id, 'correction', match_id, quote_start, quote_end, quote
FROM core.correction_matches WHERE closed_run_id IS NULL;

COMMENT ON VIEW main.spans IS 'Pieces of article texts that something rests on, one row each; several may rest on the same words.';
COMMENT ON COLUMN main.spans.document_id IS 'article, in documents';
COMMENT ON COLUMN main.spans.kind IS 'observation (its quote), sentence, region and period (words that these rest on), agreement, regulation, number or correction';
COMMENT ON COLUMN main.spans.row_id IS 'row that rests on it: an observation_id for the first four kinds, an agreement_id, regulation_id, mention_id or match_id';
COMMENT ON COLUMN main.spans.span_start IS 'where it begins in the text, in code points from 0';
COMMENT ON COLUMN main.spans.span_end IS 'where it ends in the text, exclusive';
COMMENT ON COLUMN main.spans.words IS 'the words, as they stand in the text';
