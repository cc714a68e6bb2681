-- One outbox for all that topics are told: messages that were written with what they tell of, until they are sent.
ALTER TABLE arrival_message RENAME TO outbox_message;
ALTER TABLE outbox_message ADD COLUMN topic VARCHAR(100) DEFAULT 'imports.arrived' NOT NULL;
