INSERT INTO credential (connection_id, person_id, access_key_id, secret_access_key, server_side_encryption, kms_key_id,
    updated_at)
VALUES (:connection, :person, :accessKeyId, :secretAccessKey, :encryption, :kmsKeyId, :now)
