DELETE FROM dataset_file WHERE dataset_id = :id AND file_no >= :from
