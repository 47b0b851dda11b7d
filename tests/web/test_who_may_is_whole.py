"""Every route stands in one of the tables that say what everybody is answered."""

from tests.web import test_who_may, test_who_may_in_public, test_who_may_in_the_scheme
from tests.web.arranging import test_who_may_arrange
from tests.web.one_town import WHO, routes_of, row
from tests.web.overseeing import test_who_oversees

TABLES = {
    "desks": set(test_who_may.ROUTES),
    "scheme": set(test_who_may_in_the_scheme.TABLE),
    "public": set(test_who_may_in_public.TABLE),
    "arranging": set(test_who_may_arrange.TABLE),
    "overseeing": {
        (method, f"overseeing.{name}") for method, name in test_who_oversees.TABLE
    },
}


def test_every_route_stands_in_one_table(app):
    listed = [route for each in TABLES.values() for route in each]
    assert len(listed) == len(set(listed))
    assert set(listed) == routes_of(app)


def test_every_row_answers_everybody():
    rows = [
        *(test_who_may.codes_of(route) for route in test_who_may.ROUTES),
        *test_who_may_in_public.TABLE.values(),
        *(
            row(codes, method)
            for (method, _name), codes in test_who_may_in_the_scheme.TABLE.items()
        ),
    ]
    assert [each for each in rows if set(each) != set(WHO)] == []
