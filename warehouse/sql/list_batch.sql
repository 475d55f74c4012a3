SELECT document_id, state, same_content FROM batch_documents
