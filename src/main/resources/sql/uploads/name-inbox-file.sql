UPDATE inbox_file SET bucket = :bucket, object_key = :key WHERE uuid = :uuid
