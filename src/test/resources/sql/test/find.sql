SELECT name, setting_value FROM setting WHERE name = :#${variable.name}
