UPDATE job SET read_files = :files, read_bytes = :bytes WHERE id = :job AND process_id = :process
