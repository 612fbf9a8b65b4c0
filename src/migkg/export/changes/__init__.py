"""What is another than in an earlier release, thing by thing."""
