SELECT COUNT(*) FROM manifest_file
WHERE manifest_id = :manifest AND file_no < 10000 AND object_key IN (:keys)
