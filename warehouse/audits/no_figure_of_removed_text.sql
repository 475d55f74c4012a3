-- No figure stands in a sentence that was removed from its page as no part of the article.
SELECT o.observation_id, o.sentence, r.kind, r.rule
FROM core.observations o
JOIN core.removed_texts r ON r.document_id = o.document_id AND r.text = o.sentence
WHERE o.closed_run_id IS NULL AND r.closed_run_id IS NULL
    AND r.kind IN ('advertisement', 'navigation', 'promotion', 'related')
