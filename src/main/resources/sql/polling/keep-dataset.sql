UPDATE schedule SET dataset_id = :dataset WHERE id = :id
