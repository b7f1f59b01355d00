"""What the translation editor says to editors, where its own French is wrong, unclear or speaks of
regions instead of languages; listed so that our catalogue says it better.

A project's translations win over a library's. Each sentence stays as wagtail-localize writes it.
What it says in JavaScript stands in locale/fr/LC_MESSAGES/djangojs.po, which is written by hand.
"""

from django.utils.translation import gettext_noop, ngettext_lazy

SENTENCES = (
    # Languages, not regions
    gettext_noop("Locales"),
    gettext_noop("{} locales"),
    gettext_noop("This locale cannot be synced into itself."),
    gettext_noop("Synchronise content from another locale"),
    gettext_noop(
        "Choose a locale to synchronise content from. Any existing and future content authored in "
        "the selected locale will be automatically copied to this one."
    ),
    # Submitting for translation
    gettext_noop("Translate {model_name}"),
    gettext_noop("All child pages will be created."),
    ngettext_lazy("Include subtree ({} page)", "Include subtree ({} pages)", 1),
    gettext_noop(
        "The page '{page_title}' was successfully submitted for translation into {locales}"
    ),
    gettext_noop(
        "The {model_name} '{object}' was successfully submitted for translation into {locales}"
    ),
    # What changed since
    gettext_noop("Sync translated pages"),
    gettext_noop("Sync translations of '%(title)s'"),
    gettext_noop("Start Synced translation"),
    gettext_noop("Why would I sync my page?"),
    gettext_noop(
        "Changes are not automatically applied between translated pages. Syncing will add new "
        "content for translation and remove deleted content."
    ),
    gettext_noop("The last sync date was %(last_sync_date)s. You are about to sync the following:"),
    gettext_noop(
        "The data model for '{model_name}' has been changed since the last translation sync. If "
        "any new fields have been added recently, these may not be visible until the next "
        "translation sync."
    ),
    gettext_noop("Publish immediately"),
    gettext_noop(
        "Apply the updates and publish immediately. The changes will use the original language "
        "until translated."
    ),
    gettext_noop("Successfully updated translations for '{object}'"),
    # The editor
    gettext_noop(
        "This page hasn't been translated yet. It is mirroring the <a "
        'href="%(edit_original_page_url)s" target="_blank">%(original_locale)s page</a>.'
    ),
    gettext_noop(
        "New validation errors were found when publishing '{object}' in {locale}. Please fix them "
        "or click publish again to ignore these translations for now."
    ),
    gettext_noop("Published '{object}' in {locale} with missing translations - see below."),
    gettext_noop("Published '{object}' in {locale}."),
    gettext_noop("Translation has been stopped."),
    gettext_noop("Translation has been restarted."),
    gettext_noop("Please upload a valid PO file."),
    gettext_noop("Cannot import PO file that was created for a different translation."),
    gettext_noop("Successfully imported translations from PO File."),
    # Aliases
    gettext_noop(
        "Are you sure you want to convert this page into an alias? This will overwrite the "
        "content of the page with the content of '%(source_page_title)s' (%(source_page_locale)s)"
    ),
)
