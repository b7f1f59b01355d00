"""One search over everything that a MOOC shows: pages, challenges, what it reads, words, posts."""
