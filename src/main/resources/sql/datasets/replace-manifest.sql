UPDATE imported_dataset
SET manifest_id = :manifest, updated_at = :now
WHERE id = (SELECT dataset_id FROM manifest WHERE id = :manifest)
