"""Loads the demo of cms/demo: each item once, whatever happens in between; an editor's word is
final.

What an item became may be changed or thrown away: it is never written again. A later version's new
items are added; a load that was killed goes on where it stopped.
"""
