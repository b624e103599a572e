"""Files that anybody may send: told by their content, kept sealed, never shown by the site.

``kinds`` says what a file is, ``naming`` cleans its name, ``store`` keeps it, ``upload`` bounds
what a request may bring, ``field`` asks for it in a form, ``giving`` hands it over as a download.
"""
