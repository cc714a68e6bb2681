UPDATE manifest
SET updated_at = :now
WHERE id = (SELECT manifest_id FROM imported_dataset WHERE id = (SELECT dataset_id FROM manifest WHERE id = :manifest))
