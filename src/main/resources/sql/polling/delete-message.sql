DELETE FROM arrival_message WHERE id = :#${variable.due.id}
