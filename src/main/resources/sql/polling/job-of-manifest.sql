SELECT MAX(id) FROM job_group WHERE manifest_id = :manifest AND ran_from = 'schedule' AND membership_id = :membership
