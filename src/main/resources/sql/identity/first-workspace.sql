SELECT MIN(id) FROM workspace
