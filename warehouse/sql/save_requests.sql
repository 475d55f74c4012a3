INSERT INTO raw.requests BY NAME SELECT * FROM staged_requests
