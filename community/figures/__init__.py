"""How alive we are, without ranking people: counted bit by bit, read without reading history.

`counting` says what a post and a person count for (pure); `tallying` is the step that keeps ledgers
and tallies; `reading` asks them; `weaving` draws who answers whom; `marking` is for whoever changes
what was counted.
"""
