"""What a formula refers to is found in its text, whatever stands around it."""

from rag.reading.sheets.formulas.formula_references import references_of, with_names


def test_areas_with_their_sheets_functions_and_words():
    found = references_of("=SUM('My ''24'!$B$2:C5,Rate)*IF(数据!A1>1,\"A1:B2 (x)\",B:B)")
    assert found.sheets == ("My '24", "数据", "")
    assert found.areas == ((2, 2, 5, 3), (1, 1, 1, 1), (1, 2, 1_048_576, 2))
    assert found.functions == {"SUM", "IF"}
    assert (found.words, found.texts) == ({"RATE"}, ("A1:B2 (x)",))
    assert (found.foreign, found.spreads) == (False, False)


def test_what_leads_outside_is_foreign():
    for formula in ("=[1]Other!A1", "=Sales[Amount]", "='C:\\[x.xlsx]S'!A1", "=Sheet1!Name"):
        assert references_of(formula).foreign, formula


def test_an_area_computed_with_as_one_value_spreads():
    assert references_of("=A1:A3*2").spreads
    assert references_of("=SUM(A1:A3=1)").spreads
    assert not references_of("=SUM(A1:A3)*A4").spreads


def test_names_are_put_in_but_not_inside_texts_or_other_names():
    names = {"RATE": "0.5+1", "SALES": "Data!$B$2:$B$9"}
    assert with_names('=Rate*SUM(sales)&"Rate"&RateX', names) == '=(0.5+1)*SUM(Data!$B$2:$B$9)&"Rate"&RateX'


def test_a_name_of_itself_comes_to_an_end():
    assert len(with_names("=a", {"A": "a+a"})) < 10_000
