DELETE FROM inbox_file WHERE uuid = :uuid
