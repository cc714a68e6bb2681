UPDATE schedule SET failures = failures + 1 WHERE id = :id
