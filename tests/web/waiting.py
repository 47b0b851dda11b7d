"""What waits for a reviewer, and where one answers it."""


def address(target, act):
    return f"/-/translating/town/ur/targets/{target.id}/{act}/"


def state(session, target):
    session.refresh(target)
    found = target.state
    session.commit()
    return found
