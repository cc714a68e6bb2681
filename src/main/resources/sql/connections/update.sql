UPDATE connection
SET name = :name, unique_name = :uniqueName, description = :description, is_global = :isGlobal,
    credentials_shared = :credentialsShared, disable_type_inference = :disableTypeInference, default_bucket = :bucket,
    params = :params, updater_id = :updater, updated_at = :now
WHERE id = :id AND deleted_at IS NULL AND updated_at = :seen
