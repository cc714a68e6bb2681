SELECT k.id, c.uuid, k.person_id, k.access_key_id, k.secret_access_key, k.external_id
FROM credential k JOIN connection c ON c.id = k.connection_id
WHERE k.id > :after
ORDER BY k.id
FETCH FIRST 500 ROWS ONLY
