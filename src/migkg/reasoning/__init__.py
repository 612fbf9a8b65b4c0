"""What follows by OWL 2 RL, why, and what contradicts itself."""
