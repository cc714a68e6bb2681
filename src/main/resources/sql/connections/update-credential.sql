UPDATE credential
SET access_key_id = :accessKeyId, secret_access_key = :secretAccessKey, role_arn = :roleArn,
    external_id = :externalId, server_side_encryption = :encryption, kms_key_id = :kmsKeyId, updated_at = :now
WHERE connection_id = :connection AND person_id = :person
