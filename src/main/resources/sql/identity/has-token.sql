SELECT COUNT(*) FROM access_token WHERE id = :id
