"""Small packs as files, for tests to read."""

from pathlib import Path

PACK = """\
format = 1
source = "en"
locales = ["en", "ar", "ur", "pl"]
policy = "unreviewed-with-stamp"
default = true

[place]
name = "Town"
nation = "England"
organisation = "Town cohesion team"
colour = "#0f5257"
time_zone = "Europe/London"
"""

FACTS = """\
[emergency]
kind = "phone"
value = "999"
urgent = 1

[emergency.label]
en = "Emergency"
ar = "طوارئ"
ur = "ایمرجنسی"
pl = "Nagły wypadek"

[council-line]
kind = "phone"
value = "01632 960001"

[fee]
kind = "money"
value = "£25"
"""

START = """\
+++
id = "start"
title = "Welcome to Town"
summary = "Find help in your first days."
group = "start"
+++

This pack says where to get help.
"""

DOCTOR = """\
+++
id = "doctor"
title = "See a doctor"
summary = "It is free."
group = "today"
icon = "health"
+++

Everyone in England can register with a doctor (a **GP**).

## Do this first

1. Find a surgery near you.
2. Say: “I want to register.” Take this page with you.
3. Call {{council-line}} if they say no.

In an emergency call {{emergency}} or 112. Open Monday 08:30 to 18:00.
"""

SAFETY = """\
+++
id = "safety"
title = "If you are not safe"
summary = "Help is free and private."
group = "today"
icon = "shield"
risk = "high"
+++

Call {{emergency}} now if you are in danger.

- You do not need papers.
- You can ask for an interpreter.
"""

PRIVACY = """\
+++
id = "privacy"
title = "Your privacy"
group = "about"
+++

We keep nothing about readers.
"""

TOWN = {
    "pack.toml": PACK,
    "facts.toml": FACTS,
    "en/00-start.md": START,
    "en/01-doctor.md": DOCTOR,
    "en/02-safety.md": SAFETY,
    "en/90-privacy.md": PRIVACY,
}


def write_files(folder: Path, files: dict[str, str]) -> Path:
    """Write files into a folder."""
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return folder


def write_town(folder: Path) -> Path:
    """Write the pack of Town."""
    return write_files(folder, TOWN)


START_UR = """\
+++
id = "start"
title = "ٹاؤن میں خوش آمدید"
summary = "اپنے پہلے دنوں میں مدد تلاش کریں۔"
origin = "human"
+++

یہ کتابچہ بتاتا ہے کہ مدد کہاں سے ملے گی۔
"""

DOCTOR_UR = """\
+++
id = "doctor"
title = "ڈاکٹر کو دکھائیں"
summary = "یہ مفت ہے۔"
origin = "human"
+++

انگلینڈ میں ہر کوئی ڈاکٹر (**GP**) کے پاس رجسٹر ہو سکتا ہے۔

## پہلے یہ کریں

1. اپنے قریب ایک کلینک تلاش کریں۔
2. کہیں: “I want to register.” یہ صفحہ ساتھ لے جائیں۔
3. اگر وہ انکار کریں تو {{council-line}} پر کال کریں۔

ہنگامی صورت میں {{emergency}} یا 112 پر کال کریں۔ پیر کو 08:30 سے 18:00 تک کھلا ہے۔
"""

SAFETY_UR = """\
+++
id = "safety"
title = "اگر آپ محفوظ نہیں ہیں"
summary = "مدد مفت اور نجی ہے۔"
origin = "human"
+++

اگر آپ خطرے میں ہیں تو ابھی {{emergency}} پر کال کریں۔

- آپ کو کاغذات کی ضرورت نہیں ہے۔
- آپ مترجم مانگ سکتے ہیں۔
"""

PRIVACY_UR = """\
+++
id = "privacy"
title = "آپ کی رازداری"
origin = "human"
+++

ہم پڑھنے والوں کے بارے میں کچھ نہیں رکھتے۔
"""

URDU = {
    "ur/00-start.md": START_UR,
    "ur/01-doctor.md": DOCTOR_UR,
    "ur/02-safety.md": SAFETY_UR,
    "ur/90-privacy.md": PRIVACY_UR,
}
