"""What the user can say: declared once, for menus, keys, palette, tooltips and help."""
