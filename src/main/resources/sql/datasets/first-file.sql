SELECT object_key FROM manifest_file WHERE manifest_id = :manifest ORDER BY file_no FETCH FIRST 1 ROWS ONLY
