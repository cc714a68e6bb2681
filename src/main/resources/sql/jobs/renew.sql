UPDATE job SET renewed_at = :now WHERE id = :job AND process_id = :process AND status = 'InProgress'
