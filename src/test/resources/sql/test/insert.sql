INSERT INTO setting (name, setting_value) VALUES (:#${variable.setting.name}, :#${variable.setting.settingValue})
