"""Tutors beside newcomers: who needs somebody, who sits down beside them, what they say."""
