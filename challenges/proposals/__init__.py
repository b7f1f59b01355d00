"""Challenges that the community thinks of: proposed by a form or a post, reviewed by organisers in
Wagtail's workflow, credited whenever they are launched."""
