"""Where the model and its route are chosen."""
