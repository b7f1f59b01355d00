"""The letter of the week: drafted from what happened, edited by a person, read on a page or by
e-mail."""
