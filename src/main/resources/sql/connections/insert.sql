INSERT INTO connection (uuid, workspace_id, owner_id, name, unique_name, description, credential_type, is_global,
    credentials_shared, disable_type_inference, default_bucket, params, created_at, updated_at)
VALUES (:uuid, :workspace, :owner, :name, :uniqueName, :description, :credentialType, :isGlobal,
    :credentialsShared, :disableTypeInference, :bucket, :params, :now, :now)
