UPDATE result_file
SET claimed_by = NULL, claimed_at = NULL, sent_bytes = NULL
WHERE job_group_id = :jobGroup AND state = 'pending' AND (claimed_by IS NOT NULL OR sent_bytes IS NOT NULL)
