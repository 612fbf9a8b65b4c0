"""What a contributor wrote: its statements, and where each stands."""
