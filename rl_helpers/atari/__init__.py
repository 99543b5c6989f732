"""What serves any Atari game that is learned with a table."""
