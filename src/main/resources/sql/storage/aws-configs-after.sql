SELECT id, uuid, holder, access_key_id, secret_access_key, external_id
FROM aws_config
WHERE id > :after
ORDER BY id
LIMIT 100
