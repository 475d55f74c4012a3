-- What was known of {table} and when: earlier states as they were read then, not as today's rules would read them.
DELETE FROM {table} WHERE {ended};
INSERT INTO {table} BY NAME FROM earlier.{table} WHERE {ended};
UPDATE {table} AS t
SET {taken_over}
FROM (SELECT * FROM earlier.{table} WHERE NOT ({ended})) AS e
WHERE {same_row} AND NOT ({ended_here});
