UPDATE inbox_file SET process_id = NULL WHERE uuid = :uuid AND process_id = :process
