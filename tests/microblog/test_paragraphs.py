"""What people typed becomes rich text that the editor opens."""

from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from microblog.paragraphs import paragraphs


def test_lines_and_signs_survive_the_editor():
    html = paragraphs("Une ligne,\r\nune autre & <b>une</b> balise.\n\nUn paragraphe.")
    assert html == (
        "<p>Une ligne,<br/>une autre &amp; &lt;b&gt;une&lt;/b&gt; balise.</p>\n\n"
        "<p>Un paragraphe.</p>"
    )
    state = ContentstateConverter(features=["bold"]).from_database_format(html)
    assert "Un paragraphe." in state
