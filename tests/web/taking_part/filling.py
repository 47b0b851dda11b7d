"""Filling in forms of several steps, as a browser does; and what people say there."""

from lxml import html

FROM_HERE = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
NEWCOMER = (
    {
        "name": "Nadia", "channel": "email", "email": "nadia@example.org",
        "safe_from": "0", "safe_until": "24", "is_adult": "y",
    },
    {
        "language_1": "ar", "level_1": "first", "language_2": "en",
        "level_2": "a-few-words", "tag": "ar", "prefers": "listen",
    },
    {"times": ["mon-morning", "sun-evening"]},
    {"gender": "woman", "wish": "woman", "interests": ["walking", "cooking"]},
    {"household": "family", "buddies": "2"},
    {"has_read": "y"},
)  # fmt: skip
VOLUNTEER = (
    {
        "name": "Vera", "email": "vera@example.org", "phone": "",
        "channel": "email", "is_adult": "y",
    },
    {"language_1": "en", "level_1": "first"},
    {"times": ["mon-morning"]},
    {"offers": ["adult"], "capacity": "1", "interests": ["walking"]},
    {
        "name_1": "Ruth", "relation_1": "teacher", "email_1": "ruth@example.org",
        "name_2": "Sam", "relation_2": "friend", "phone_2": "0121 496 0123",
    },
    {"has_read": "y"},
)  # fmt: skip


class Filler:
    """A browser with one form open."""

    def __init__(self, client, address):
        self.client = client
        self.address = address
        self.take(client.get(address))

    def take(self, answer):
        self.answer = answer
        self.text = answer.get_data(as_text=True)
        self.page = html.document_fromstring(self.text)
        return answer

    @property
    def hidden(self):
        """What the page carries unseen."""
        found = self.page.xpath("//form[.//input[@name='step']]//input[@type='hidden']")
        return {each.get("name"): each.get("value") for each in found}

    @property
    def step(self):
        return self.hidden.get("step")

    @property
    def heading(self):
        return self.page.findtext(".//h1")

    @property
    def errors(self):
        """Each sentence of the summary at the top."""
        found = self.page.find_class("govuk-error-summary__list")
        return [item.text_content() for each in found for item in each]

    def shown(self):
        """What a browser would send of what stands in the boxes now."""
        (form,) = self.page.xpath("//form[.//input[@name='step']]")
        found = {}
        for name, value in form.form_values():
            # The first line break in a box is the page's own.
            found.setdefault(name, []).append(value.removeprefix("\n"))
        return found

    def send(self, answers, go="next", headers=FROM_HERE, **hidden):
        """Answer, leave the other boxes as they stand, and press a button."""
        data = {**self.shown(), **hidden, "go": go, **answers}
        return self.take(self.client.post(self.address, data=data, headers=headers))

    def fill(self, steps):
        for answers in steps:
            self.send(answers)
        return self
