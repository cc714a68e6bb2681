SELECT workspace_id FROM job_group WHERE id = :jobGroup
UNION
SELECT workspace_id FROM membership WHERE id = :membership
