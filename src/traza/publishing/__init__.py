"""The ledger of everything published, releases, revision and page store."""
