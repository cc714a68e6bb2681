UPDATE setting SET setting_value = 'TAKEN' WHERE name = :#${variable.name} AND setting_value = 'NEW'
