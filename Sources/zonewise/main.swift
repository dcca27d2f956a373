import ZonewiseCommands

await Zonewise.run()
