"""A document that uses every construct of the subset."""

import pytest

EVERYTHING = """\
Text before **strong** and *em* [link](https://a.example/ "title").
Second line.\x20\x20
After a hard break `code` {{emergency}}.

## Heading {#anchor}

### About {{site}}

- one
- two
    - inner
    - inner two
- three

1. first

    More of the first.

2. second

> Quoted text.
>
> - item
> - item

| Head | Other |
| :--- | ---: |
| cell | `a` |
| more | \\| pipe |

Term
:   Meaning of it.

Other term
:   Another meaning.

!!! warning "Title"
    Inside.

    - list

!!! note
    Default title.

#### Last

* * *

![alt](/media/a.png)
"""


@pytest.fixture
def one_of_everything() -> str:
    return EVERYTHING
