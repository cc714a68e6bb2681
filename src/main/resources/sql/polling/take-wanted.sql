UPDATE schedule SET wanted = NULL WHERE id = :id AND wanted = :cause
