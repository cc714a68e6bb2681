UPDATE result_file
SET state = 'staged', staged = :staged, byte_size = :size, md5 = :md5, crc32c = :crc32c
WHERE id = :id AND state = 'pending' AND COALESCE(claimed_by, '') = :claim
