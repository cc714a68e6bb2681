SELECT id FROM job_group WHERE workspace_id = :workspace AND announced_as = :announcedAs
