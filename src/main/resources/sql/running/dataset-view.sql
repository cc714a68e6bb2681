SELECT id, uuid, name FROM imported_dataset WHERE id = :id
