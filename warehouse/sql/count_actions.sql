SELECT action, count(*) FROM next_rows GROUP BY action
