"""The stored queries: their files, what these declare, and what is wrong with one."""
