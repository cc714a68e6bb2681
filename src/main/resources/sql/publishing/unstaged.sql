UPDATE result_file SET state = 'pending', claimed_by = NULL, staged = NULL, byte_size = NULL, md5 = NULL, crc32c = NULL WHERE id = :id AND state = 'staged'
