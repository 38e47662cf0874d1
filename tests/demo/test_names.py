"""Nobody real is meant."""

import phonenumbers

from demo.goods import CATEGORIES, GOODS, ROOT_OF
from demo.names import CALLED, FIRST, SECOND, Names, telephone
from demo.places import KNOWN_FOR

# Well-known names of the trades and the region, lower case.
BRANDS = """danar hadi, batik keris, batik semar, trusmi, alleira, parang kencana, iwan tirta, sido muncul, jamu jago,
nyonya meneer, mubarok, bandeng juwana, bandeng presto, gang lombok, kapal api, torabika, luwak white, teh
botol, sosro, tong tji, teh poci, gopek, sariayu, martha tilaar, mustika ratu, indofood, mayora, garudafood,
bango, sedaap, abc, kecap benteng, purwaceng, dagadu, bakpia pathok, pia legong, roti gembong, wonderland,
informa, olympic, ligna, indovickers, sukun, djarum, gudang garam, sampoerna, polytron, kimia farma, wardah,
eiger, bata, tomkins, carvil, fladeo, elizabeth"""


def names(number=900):
    invented = Names("a test")
    leaves = list(ROOT_OF.items())
    return [
        invented.business(root, leaf, cooperative=place % 6 == 0)
        for place in range(number)
        for leaf, root in [leaves[place % len(leaves)]]
    ]


def test_no_business_has_the_name_of_a_brand():
    brands = [" ".join(brand.split()) for brand in BRANDS.split(",")]
    taken = {f" {name.lower()} " for name in names()}
    assert [brand for brand in brands for name in taken if f" {brand} " in name] == []


def test_no_name_comes_twice():
    assert len(set(names())) == 900
    assert len(set(FIRST)) * len(set(SECOND)) > 2000


def test_names_are_the_same_every_time():
    assert names(30) == names(30)


def test_telephone_numbers_have_the_right_form_and_reach_nobody():
    assert telephone(7) == "+6285000000007"
    assert phonenumbers.is_valid_number(phonenumbers.parse(telephone(7)))


def test_all_of_central_java_is_known_for_something():
    assert len(KNOWN_FOR) == 35
    assert {key for goods in KNOWN_FOR.values() for key in goods} <= set(GOODS)
    assert {root: set(leaves) for root, leaves in CALLED.items()} == {
        root: set(leaves) for root, (_, _, leaves) in CATEGORIES.items()
    }
