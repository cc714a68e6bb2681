SELECT id FROM imported_dataset WHERE uuid = :uuid
