"""The challenge rules: one pure function each, entered in RULES under the key of its block."""
