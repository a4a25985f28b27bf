"""Files that go with a question: read, looked at, checked against the route."""
