"""Ada, an administrator with a password, and how she comes in."""

import re

PASSWORD = "three good words"
PLACE = "/-/account"


def sign_in(client, email="ada@example.org", password=PASSWORD, **more):
    return client.post(
        f"{PLACE}/sign-in", data={"email": email, "password": password, **more}
    )


def is_in(client):
    return client.get(f"{PLACE}/").status_code == 200


def link_in(message):
    [link] = re.findall(r"^https://welcome\.example\.org(/\S+)$", message.body, re.M)
    return link
