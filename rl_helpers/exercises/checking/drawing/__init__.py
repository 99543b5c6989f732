"""Further cases for an exercise, drawn at random: numbers, rows, scripts of episodes, and their order."""
