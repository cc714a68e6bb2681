-- Which queue a schedule reads: two readers of one would take messages from each other. And what keeps it from being read.

ALTER TABLE schedule ADD COLUMN queue_url VARCHAR(1024);
ALTER TABLE schedule ADD COLUMN queue_failure VARCHAR(4000);
ALTER TABLE schedule ADD COLUMN queue_failed_at TIMESTAMP WITH TIME ZONE;

UPDATE schedule
SET queue_url = SUBSTRING(
    SUBSTRING(document FROM POSITION('"queueUrl":"' IN document) + 12)
    FROM 1 FOR POSITION('"' IN SUBSTRING(document FROM POSITION('"queueUrl":"' IN document) + 12)) - 1)
WHERE deleted_at IS NULL AND POSITION('"queueUrl":"' IN document) > 0;

-- Those that share one already go on as they are.
UPDATE schedule
SET queue_url = NULL
WHERE EXISTS (SELECT 1 FROM schedule other WHERE other.queue_url = schedule.queue_url AND other.id < schedule.id);

CREATE UNIQUE INDEX schedule_queue ON schedule (queue_url);
