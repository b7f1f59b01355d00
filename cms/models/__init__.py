from cms.models.home import HomePage
from cms.models.images import EnvolImage, EnvolRendition
from cms.models.pages import ContentPage
from cms.models.tutorials import TutorialIndexPage, TutorialPage

__all__ = [
    "ContentPage",
    "EnvolImage",
    "EnvolRendition",
    "HomePage",
    "TutorialIndexPage",
    "TutorialPage",
]
