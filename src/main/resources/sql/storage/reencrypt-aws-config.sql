UPDATE aws_config
SET access_key_id = :accessKeyId, secret_access_key = :secretAccessKey, external_id = :externalId
WHERE id = :id AND access_key_id = :seenAccessKeyId AND secret_access_key = :seenSecretAccessKey
