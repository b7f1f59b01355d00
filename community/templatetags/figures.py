from django import template

from community.figures.sentences import say_number, say_wait

register = template.Library()
register.filter("told", say_number)
register.filter("wait", say_wait)
