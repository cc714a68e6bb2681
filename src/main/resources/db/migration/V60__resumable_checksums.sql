-- Whether the parts of an upload are sent with CRC-32Cs, and what each was, in Base64 as S3 tells it.
ALTER TABLE resumable_upload ADD COLUMN checksummed BOOLEAN DEFAULT FALSE NOT NULL;
ALTER TABLE resumable_part ADD COLUMN crc32c VARCHAR(8);
