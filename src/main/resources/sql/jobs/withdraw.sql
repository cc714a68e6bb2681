UPDATE job SET committed_at = NULL WHERE id = :job AND process_id = :process AND status = 'InProgress'
