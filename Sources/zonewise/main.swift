import ZonewiseCommands

Zonewise.run()
