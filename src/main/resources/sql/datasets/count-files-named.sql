SELECT COUNT(*) FROM manifest_file WHERE manifest_id = :manifest AND POSITION(:part IN object_key) > 0
