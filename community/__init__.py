"""Who learns, who helps, who brought whom."""
