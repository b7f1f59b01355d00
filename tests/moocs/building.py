"""Two MOOCs on one installation: Aube at a.example, the first, and Baleine at b.example."""

from dataclasses import dataclass

from wagtail.models import Site

from challenges.models import ChallengeIndexPage, MiniChallengePage
from cms.founding import found_mooc
from community.models import MoocSettings
from community.sites import within
from microblog.models import Connection
from tests.builders import a_connection
from tests.challenges.building import a_level, a_site


@dataclass
class Mooc:
    site: Site
    connection: Connection

    def anew(self) -> "Mooc":
        return Mooc(
            Site.objects.get(pk=self.site.pk), Connection.objects.get(pk=self.connection.pk)
        )

    @property
    def settings(self) -> MoocSettings:
        return MoocSettings.objects.get(site=self.site)

    def change(self, **fields) -> None:
        MoocSettings.objects.update_or_create(site=self.site, defaults=fields)

    def challenge(self, title: str, **fields) -> MiniChallengePage:
        index = ChallengeIndexPage.objects.filter(within(self.site.pk)).get(
            locale__language_code="fr"
        )
        page = MiniChallengePage(
            title=title,
            slug=title.lower(),
            locale=index.locale,
            description="<p>defi</p>",
            intro=f"{title} ?",
            levels=[a_level()],
            **{"hashtags": "defi"} | fields,
        )
        return index.add_child(instance=page)


def the_first() -> Mooc:
    a_site()
    site = Site.objects.get(is_default_site=True)
    mooc, connection = Mooc(site, a_connection("a")), None
    mooc.change(name="Aube", hashtags="Aube")
    connection = mooc.connection
    mooc.settings.networks.set([connection])
    return mooc


def another(host: str = "b.example", name: str = "Baleine") -> Mooc:
    connection = a_connection(name.lower()[0] if host == "b.example" else host.partition(".")[0])
    site = found_mooc(hostname=host, name=name, hashtags=name, networks=[connection])
    return Mooc(site, connection)
