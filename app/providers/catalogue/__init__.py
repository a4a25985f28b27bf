"""The known providers and models: bundled files, own addresses, live lists, local servers."""
