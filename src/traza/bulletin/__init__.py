"""The institute's bulletin: who follows what, digests of the ledger, issues, and their sending."""
