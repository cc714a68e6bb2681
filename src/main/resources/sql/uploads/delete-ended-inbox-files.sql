DELETE FROM inbox_file
WHERE created_at < :#${variable.before} AND uuid IN (SELECT u.uuid FROM upload u)
