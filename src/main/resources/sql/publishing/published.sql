UPDATE result_file
SET state = 'published', staged = NULL, byte_size = :size, etag = :etag, listed = :listed
WHERE id = :id AND state = 'staged'
