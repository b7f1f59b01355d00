"""What templates say about sources."""

from django import template

from curation.faults import explain

register = template.Library()
register.filter("explained", explain)
