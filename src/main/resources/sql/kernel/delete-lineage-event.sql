DELETE FROM outbox_message WHERE id = :#${variable.due.id}
