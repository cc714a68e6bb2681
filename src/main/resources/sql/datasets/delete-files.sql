DELETE FROM manifest_file WHERE manifest_id = :manifest AND file_no >= :from
