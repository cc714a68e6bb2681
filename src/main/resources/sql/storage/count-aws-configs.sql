SELECT COUNT(*) FROM aws_config WHERE workspace_id = :workspace
