"""What is kept of models: lists, lessons, measured speed, presets, tools."""
