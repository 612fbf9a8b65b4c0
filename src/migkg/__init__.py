"""migkg: a knowledge graph of labour migration, forced displacement and cooperatives."""

__version__ = "0.1.0"
