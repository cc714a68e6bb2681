UPDATE result_file SET state = 'published', staged = NULL, byte_size = :size, etag = :etag WHERE id = :id AND state = 'staged'
