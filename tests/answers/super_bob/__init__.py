"""Right and wrong answers to the exercises of the room of the same name."""
