SELECT access_key_id, secret_access_key, role_arn, external_id, server_side_encryption, kms_key_id
FROM credential
WHERE connection_id = :connection AND person_id = :person
