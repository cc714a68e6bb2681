SELECT object_key FROM dataset_file WHERE dataset_id = :dataset ORDER BY file_no FETCH FIRST 1 ROWS ONLY
