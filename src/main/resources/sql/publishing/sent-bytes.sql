UPDATE result_file SET sent_bytes = :bytes
WHERE id = :id AND state = 'pending' AND COALESCE(claimed_by, '') = :claim
    AND EXISTS (
        SELECT 1 FROM job j
        WHERE j.job_group_id = result_file.job_group_id AND j.job_type = 'publish'
            AND j.status NOT IN ('Canceled', 'Failed'))
