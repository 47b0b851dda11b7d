"""The town's pack in Arabic, Chinese and Tigrinya, for looking at how pages are laid out.

Written for these tests and checked by nobody: what matters is how the scripts are set.
"""

from tests import packs_on_disk

TAGS = ("en", "ar", "zh-Hant", "ti")
OFFERED = 'locales = ["en", "ar", "ur", "pl"]'
DOCTOR = """\
+++
id = "doctor"
title = "{title}"
summary = "{summary}"
origin = "human"
+++

{first}

## {heading}

1. {one}
2. {two}
3. {three}

{last}
"""
START = """\
+++
id = "start"
title = "{title}"
summary = "{summary}"
origin = "human"
+++

{first}
"""
PAGES = {
    "ar/00-start.md": START.format(
        title="أهلاً بكم في تاون",
        summary="ابحث عن المساعدة في أيامك الأولى.",
        first="يقول هذا الدليل أين تجد المساعدة.",
    ),
    "ar/01-doctor.md": DOCTOR.format(
        title="زيارة الطبيب",
        summary="إنها مجانية.",
        first="يمكن لكل شخص في إنجلترا التسجيل لدى طبيب (**GP**).",
        heading="افعل هذا أولاً",
        one="ابحث عن عيادة قريبة منك.",
        two="قل: “I want to register.” خذ هذه الصفحة معك.",
        three="اتصل بالرقم {{council-line}} إذا رفضوا.",
        last="في حالة الطوارئ اتصل بالرقم {{emergency}} أو 112. مفتوح يوم الاثنين من 08:30 إلى 18:00.",
    ),
    "zh-Hant/00-start.md": START.format(
        title="歡迎來到城鎮",
        summary="在最初的日子裡找到幫助。",
        first="這本手冊告訴您在哪裡可以得到幫助。",
    ),
    "zh-Hant/01-doctor.md": DOCTOR.format(
        title="看醫生",
        summary="這是免費的。",
        first="在英格蘭，每個人都可以向醫生（**GP**）登記。",
        heading="先做這件事",
        one="找一間離您近的診所。",
        two="請說：“I want to register.” 帶上這一頁。",
        three="如果他們拒絕，請致電 {{council-line}}。",
        last="緊急情況請致電 {{emergency}} 或 112。星期一 08:30 至 18:00 開放。",
    ),
    "ti/00-start.md": START.format(
        title="ናብ ከተማ እንቋዕ ብደሓን መጻእኩም",
        summary="ኣብ ፈለማ መዓልታትኩም ሓገዝ ርኸቡ።",
        first="እዚ ጽሑፍ ሓገዝ ኣበይ ከም ዝርከብ ይነግር።",
    ),
    "ti/01-doctor.md": DOCTOR.format(
        title="ሓኪም ምርኣይ",
        summary="ነጻ እዩ።",
        first="ኣብ እንግሊዝ ዝኾነ ሰብ ኣብ ሓኪም (**GP**) ክምዝገብ ይኽእል እዩ።",
        heading="ቅድሚ ኩሉ እዚ ግበሩ",
        one="ኣብ ቀረባኹም ክሊኒክ ድለዩ።",
        two="“I want to register.” በሉ። እዚ ገጽ ሒዝኩም ኪዱ።",
        three="እንተ ኣብዮም ናብ {{council-line}} ደውሉ።",
        last="ኣብ ህጹጽ ኩነታት ናብ {{emergency}} ወይ 112 ደውሉ። ሰኑይ 08:30 ክሳብ 18:00 ክፉት እዩ።",
    ),
}
FILES = (
    packs_on_disk.TOWN
    | PAGES
    | {
        "pack.toml": packs_on_disk.PACK.replace(
            OFFERED, 'locales = ["en", "ar", "zh-Hant", "ti"]'
        )
    }
)
