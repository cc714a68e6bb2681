UPDATE aws_config
SET access_key_id = :accessKeyId, secret_access_key = :secretAccessKey, role_arn = :roleArn, external_id = :externalId,
    default_bucket = :defaultBucket, extra_buckets = :extraBuckets, updater_id = :updater, updated_at = :now
WHERE id = :id AND updated_at = COALESCE(:believed, updated_at)
