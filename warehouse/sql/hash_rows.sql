SELECT md5(coalesce(string_agg(line, '' ORDER BY line), ''))
FROM (SELECT md5(CAST(r AS VARCHAR)) AS line FROM (SELECT {columns} FROM {table} WHERE {current}) r)
