SELECT job_group_id FROM result_file WHERE id = :result AND state = 'published'
