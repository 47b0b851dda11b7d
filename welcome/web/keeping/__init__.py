"""The keeping desk: accounts, locales, jobs, messages and the journal."""
