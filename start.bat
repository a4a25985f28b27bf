@echo off
rem Double-click in the Explorer: sets Facet up once and starts it.
cd /d "%~dp0"
py packaging\run.py
if errorlevel 1 pause
