"""Who answers and how: providers, models, parameters, presets, tools."""
