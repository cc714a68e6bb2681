DELETE FROM aws_config WHERE id = :id
