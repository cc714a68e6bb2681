UPDATE connection_share SET grant_name = :grant, updated_at = :now
WHERE connection_id = :connection AND person_id = :person
