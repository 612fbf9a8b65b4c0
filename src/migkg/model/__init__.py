"""The model that the docs picture: classes, properties and code lists."""
