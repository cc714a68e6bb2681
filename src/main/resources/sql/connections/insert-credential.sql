INSERT INTO credential (connection_id, person_id, access_key_id, secret_access_key, role_arn, external_id,
    server_side_encryption, kms_key_id, updated_at)
VALUES (:connection, :person, :accessKeyId, :secretAccessKey, :roleArn, :externalId, :encryption, :kmsKeyId, :now)
