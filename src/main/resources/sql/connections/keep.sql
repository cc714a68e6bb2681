-- Locks the row of a connection that lives until the transaction ends.
UPDATE connection SET deleted_at = NULL WHERE id = :id AND deleted_at IS NULL
