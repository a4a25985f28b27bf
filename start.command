#!/bin/sh
# Double-click in the Finder: sets Facet up once and starts it.
cd "$(dirname "$0")" && exec python3 packaging/run.py
