"""The screens of an import: from the file to the release."""
