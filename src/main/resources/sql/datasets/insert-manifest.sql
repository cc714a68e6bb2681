INSERT INTO manifest (dataset_id, state, file_count, byte_count, ignored_count, created_at, updated_at)
VALUES (:dataset, 'writing', 0, 0, 0, :now, :now)
