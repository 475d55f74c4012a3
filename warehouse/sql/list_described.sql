-- Everything in the catalog that a user can name, views first, with the comments that are kept beside it.
SELECT 'view' AS kind, schema_name, view_name AS name, comment
FROM duckdb_views()
WHERE NOT internal AND NOT temporary AND database_name = current_database()
UNION ALL
SELECT 'table', schema_name, table_name, comment
FROM duckdb_tables()
WHERE NOT internal AND NOT temporary AND database_name = current_database()
UNION ALL
SELECT
    CASE function_type WHEN 'table_macro' THEN 'table macro' ELSE 'macro' END,
    schema_name,
    function_name || '(' || array_to_string(parameters, ', ') || ')',
    comment
FROM duckdb_functions()
WHERE NOT internal AND database_name = current_database()
ORDER BY ALL
