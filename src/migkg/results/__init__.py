"""Results as programs and people read them: one module a form."""
