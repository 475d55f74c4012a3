-- The text of an article at a sentence's place is the sentence, and the quote stands in it.
SELECT observation_id, sentence, substr(v.text, sentence_start + 1, length(sentence)) AS found
FROM core.observations o
JOIN core.documents d USING (document_id)
JOIN core.document_versions v ON v.version_id = coalesce(o.last_version_id, d.version_id)
WHERE found <> sentence OR quote_start < sentence_start OR quote_end > sentence_start + length(sentence)
