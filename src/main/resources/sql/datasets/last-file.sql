SELECT COALESCE(MAX(file_no), -1) FROM dataset_file WHERE dataset_id = :id
