INSERT INTO core.schema_migrations
VALUES ($version, $name, CAST(current_timestamp AT TIME ZONE 'UTC' AS TIMESTAMP))
