SELECT dataset_id FROM manifest WHERE id = :manifest
