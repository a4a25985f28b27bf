"""What the user sees: Qt Widgets."""
