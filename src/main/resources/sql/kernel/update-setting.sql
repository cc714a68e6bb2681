UPDATE setting SET setting_value = :value WHERE name = :name
