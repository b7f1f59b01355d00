from cms.models.articles import ArticleIndexPage, ArticlePage
from cms.models.clarity import Clarity
from cms.models.comments import Comment, CommentSettings, PagePost, PageTalk
from cms.models.contributions import Contribution, ContributionDraft, ContributionPicture
from cms.models.demo import DemoItem
from cms.models.front import FrontCopy
from cms.models.guides import GuideIndexPage, GuidePage
from cms.models.home import HomePage
from cms.models.images import EnvolImage, EnvolRendition
from cms.models.kits import WelcomeKitPage
from cms.models.lexicon import LexiconPage, TermPage
from cms.models.pages import ContentPage
from cms.models.picking import ItemChallenge
from cms.models.portraits import PortraitIndexPage, PortraitPage
from cms.models.reference import CharterPage, FaqPage
from cms.models.tutorials import ToolPage, TutorialIndexPage, TutorialPage
from cms.models.words import PageWords, SearchVocabulary

__all__ = [
    "ArticleIndexPage",
    "ArticlePage",
    "CharterPage",
    "Clarity",
    "Comment",
    "CommentSettings",
    "ContentPage",
    "Contribution",
    "ContributionDraft",
    "ContributionPicture",
    "DemoItem",
    "EnvolImage",
    "EnvolRendition",
    "FaqPage",
    "FrontCopy",
    "GuideIndexPage",
    "GuidePage",
    "HomePage",
    "ItemChallenge",
    "LexiconPage",
    "PagePost",
    "PageTalk",
    "PageWords",
    "PortraitIndexPage",
    "PortraitPage",
    "SearchVocabulary",
    "TermPage",
    "ToolPage",
    "TutorialIndexPage",
    "TutorialPage",
    "WelcomeKitPage",
]
