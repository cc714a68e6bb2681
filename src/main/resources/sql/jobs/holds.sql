SELECT COUNT(*) FROM job WHERE id = :job AND process_id = :process AND status = 'InProgress'
