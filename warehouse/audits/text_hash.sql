-- The text of every version of a document has the hash that is stored with it.
SELECT version_id, document_id, text_sha256, sha256(text) AS found
FROM core.document_versions
WHERE found <> text_sha256
