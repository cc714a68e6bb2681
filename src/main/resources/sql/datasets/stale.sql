SELECT id FROM imported_dataset
WHERE state = 'discarded' OR (state = 'importing' AND updated_at < :#${variable.before})
