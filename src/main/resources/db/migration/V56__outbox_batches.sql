-- Messages are handed out many at a time, to whoever named the batch, and told in the order in which they were written.
ALTER TABLE outbox_message ADD COLUMN handed_to VARCHAR(36);
ALTER TABLE outbox_message ADD COLUMN written_at TIMESTAMP(6) WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP NOT NULL;
UPDATE outbox_message SET written_at = due_at;
