"""Two organisations that share, without anybody's asking, agreeing and allowing."""

from welcome.partners import agreements


def share(session, one, other, *, actor=None, now):
    found = agreements.propose_sharing(session, one, other, actor=actor, now=now)
    agreements.agree(session, found, actor=actor, now=now)
    agreements.allow(session, found, actor=actor, now=now)
