SELECT COALESCE(MAX(file_no), -1) FROM manifest_file WHERE manifest_id = :manifest
