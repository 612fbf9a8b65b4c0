"""What is done before anything large is loaded."""

import gc

# While modules load, nothing is garbage: looking for some takes 2 of the 40 ms of a query.
gc.set_threshold(50_000)
