INSERT INTO core.regions VALUES (?, ?, ?, ?)
