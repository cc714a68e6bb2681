-- Of a thousand files that are staged at one time, each upload is found without looking at all others.
CREATE INDEX multipart_upload_key ON multipart_upload (object_key);
