UPDATE schedule SET failures = 0, source_format = COALESCE(source_format, :format) WHERE id = :id
