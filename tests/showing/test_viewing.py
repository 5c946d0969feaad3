"""The page behind a citation is called as it is called everywhere else."""

import pymupdf


def test_the_picture_of_a_page_has_the_number_that_is_printed_on_it_though_the_file_has_no_labels(app, add):
    with pymupdf.open() as pdf:
        for number in range(8):
            page = pdf.new_page(width=612, height=792)
            page.insert_text((72, 100), f"What is told on leaf {chr(97 + number)} of this book.")
            if number > 1:
                page.insert_text((300, 760), str(number - 1), fontsize=9)
        document = add("book.pdf", pdf.tobytes())
    assert app.leaves_report("ann", document.id)[4].name == "3"
    assert app.page("ann", document.id, 5).printed == "3"
    assert app.page("ann", document.id, 1).printed is None
