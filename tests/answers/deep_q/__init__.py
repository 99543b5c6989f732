"""Right and wrong answers to the exercises of the folder of the same name."""
