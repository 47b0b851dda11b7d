"""Taking part: forms without a session, links from letters and slips, volunteers."""
