"""Every table, in one metadata."""

from sqlalchemy import MetaData

from welcome.accounts import models as accounts
from welcome.buddies.models import (
    clearing,
    concerns,
    desk,
    pairings,
    people,
    requests,
    rights,
    told,
)
from welcome.database import Base
from welcome.editions import models as editions
from welcome.jobs import models as jobs
from welcome.messages import models as messages
from welcome.packs import models as packs
from welcome.partners import models as partners
from welcome.since import models as since
from welcome.translation import models as translation

ROOMS = (
    *(accounts, editions, jobs, messages, packs, since, translation),
    *(partners, clearing, concerns, desk, pairings, people, requests, rights, told),
)

metadata: MetaData = Base.metadata
