DELETE FROM imported_dataset
WHERE id = :dataset AND manifest_id IS NULL AND NOT EXISTS (SELECT 1 FROM manifest m WHERE m.dataset_id = :dataset)
