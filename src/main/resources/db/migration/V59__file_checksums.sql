-- Results that pass through the service have a CRC-32C, in Base64 as S3 tells it; the MD5 is that of copies and of files that
-- clients send.
ALTER TABLE result_file ADD COLUMN crc32c VARCHAR(8);
