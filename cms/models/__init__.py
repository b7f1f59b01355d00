from cms.models.demo import DemoItem
from cms.models.home import HomePage
from cms.models.images import EnvolImage, EnvolRendition
from cms.models.pages import ContentPage
from cms.models.tutorials import TutorialIndexPage, TutorialPage

__all__ = [
    "ContentPage",
    "DemoItem",
    "EnvolImage",
    "EnvolRendition",
    "HomePage",
    "TutorialIndexPage",
    "TutorialPage",
]
