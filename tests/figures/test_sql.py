"""What SQL may say, and what it may not."""

import pytest

from rag.errors import CannotCompute
from rag.figures.database.behind import rows_behind
from rag.figures.database.engine import Engine
from rag.figures.database.sql import checked, computes_only_from_cells, without_totals

TABLES = {"sales": ["region", "amount"], 'it\'s "odd"': ["a b"]}


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT region, SUM(amount) FROM sales GROUP BY region",
        "select * from sales where amount > 3 limit 2",
        "WITH big AS (SELECT region FROM sales WHERE amount > 1) SELECT count(*) FROM big",
        "SELECT s.amount AS x FROM sales s ORDER BY x",
        "SELECT amount / SUM(amount) OVER () AS share FROM sales",
    ],
)
def test_one_select_over_known_tables_may_run(sql):
    assert "SELECT" in checked(sql, TABLES)


@pytest.mark.parametrize(
    "sql",
    [
        "",
        "hello",
        "DROP TABLE sales",
        "SELECT 1; SELECT 2",
        "SELECT * FROM other",
        "SELECT salary FROM sales",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM duckdb_settings()",
        "SELECT getenv('HOME') FROM sales",
        "INSERT INTO sales VALUES (1)",
        "COPY sales TO '/tmp/x'",
        "ATTACH '/tmp/x' AS y",
        "PRAGMA database_list",
        "SELECT region FROM sales UNION SELECT region FROM other",
        "SELECT * FROM sales, (SELECT * FROM pg_catalog.pg_tables)",
        "SELECT (SELECT value FROM duckdb_secrets()) FROM sales",
        "SET memory_limit = '1TB'",
        "SELECT * FROM range(1000000)",
        "SELECT UNNEST([1, 2]) FROM sales",
        "SELECT * FROM (VALUES (1)) v(x)",
        "SELECT 42",
        "WITH sales AS (SELECT 42 AS amount) SELECT amount FROM sales",
        "WITH RECURSIVE t AS (SELECT amount FROM sales UNION ALL SELECT amount FROM t) SELECT * FROM t",
        "SELECT amount FROM pg_catalog.sales",
        "SELECT amount FROM sales USING SAMPLE 10",
        "SELECT current_user FROM sales",
        "SELECT amount FROM sales; COPY sales TO '/tmp/x'",
        "SELECT amount INTO x FROM sales",
        "SELECT " + "(" * 3000 + "1" + ")" * 3000 + " FROM sales",
        "SELECT '" + "x" * 10_000_000 + "' FROM sales",
    ],
)
def test_anything_else_is_refused(sql):
    with pytest.raises(CannotCompute):
        checked(sql, TABLES)


def test_a_comment_does_not_travel_along():
    assert "drop" not in checked("SELECT region /* drop */ FROM sales -- drop", TABLES).casefold()


def behind(sql, tables=TABLES):
    return [(each.table, each.sql, each.columns) for each in rows_behind(checked(sql, tables), tables)]


def test_rows_behind_a_sum_are_those_of_its_condition():
    assert behind("SELECT SUM(amount) FROM sales WHERE region = 'N'") == [
        ("sales", 'SELECT "#" FROM "sales" WHERE region = \'N\'', ("region", "amount"))
    ]


def test_rows_behind_a_list_are_those_it_shows():
    ((_, sql, _),) = behind("SELECT region, amount * 2 AS d FROM sales ORDER BY d DESC LIMIT 2")
    assert sql == 'SELECT "#" FROM "sales" ORDER BY (amount * 2) DESC LIMIT 2'


def test_a_nested_query_names_the_rows_of_each_part():
    own, inner = behind("SELECT region FROM sales WHERE amount = (SELECT MAX(amount) FROM sales WHERE region <> 'N')")
    assert own[1].startswith('SELECT "#" FROM "sales" WHERE amount = (SELECT MAX(amount)')
    assert inner[1] == 'SELECT "#" FROM "sales" WHERE region <> \'N\''


def test_the_columns_behind_a_part_of_a_query_are_those_that_are_used_of_it():
    ((_, sql, columns),) = behind("WITH n AS (SELECT * FROM sales WHERE region = 'N') SELECT SUM(n.amount) FROM n")
    assert columns == ("region", "amount")
    assert "region = 'N'" in sql


def test_the_rows_of_each_of_two_tables_that_are_joined_are_told_apart():
    tables = {"a": ["region", "amount"], "b": ["region", "people"]}
    sql = "SELECT SUM(x.amount) / SUM(y.people) FROM a x JOIN b y ON x.region = y.region WHERE x.region = 'N'"
    first, second = behind(sql, tables)
    assert first == ("a", 'SELECT "#" FROM "a" WHERE region = \'N\'', ("region", "amount"))
    assert second == ("b", 'SELECT "#" FROM "b"', ("region", "people"))


@pytest.mark.parametrize(
    ("sql", "only_from_cells"),
    [
        ("SELECT region, amount FROM sales", True),
        ("SELECT 'north' AS which, SUM(amount) FROM sales", True),
        ("SELECT COUNT(*) FROM sales", True),
        ("SELECT 42 AS revenue FROM sales", False),
        ("SELECT region, 40 + 2 FROM sales", False),
    ],
)
def test_a_number_of_the_querys_own_is_told(sql, only_from_cells):
    assert computes_only_from_cells(checked(sql, TABLES)) is only_from_cells


def test_rows_that_sum_up_others_are_left_out_where_they_would_count_twice():
    def left_out(sql):
        return '"#total"' in without_totals(sql, ["sales"])

    assert left_out("SELECT SUM(amount) FROM sales")
    assert left_out("WITH all_rows AS (SELECT * FROM sales) SELECT MAX(amount) FROM all_rows")
    assert left_out("SELECT region FROM sales ORDER BY amount DESC LIMIT 1")
    assert left_out("SELECT SUM(s.amount) FROM sales s LEFT JOIN sales t ON s.region = t.region")
    assert not left_out("SELECT region, amount FROM sales")
    assert without_totals('SELECT SUM(amount) FROM sales WHERE "#total"', ["sales"]).count("#total") == 1
    assert without_totals("SELECT SUM(amount) FROM sales", ["other"]) == "SELECT SUM(amount) FROM sales"


def test_the_database_itself_opens_no_file_and_keeps_its_limits(sales_of_two_years, tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n")
    with Engine([sales_of_two_years.table], seconds=0.5) as engine:
        for sql in (f"SELECT * FROM read_csv('{secret}')", "SET threads = 8", f"COPY 销售 TO '{tmp_path}/x.csv'"):
            with pytest.raises(CannotCompute):
                engine.run(sql)
        with pytest.raises(CannotCompute, match="Interrupted"):
            engine.run("SELECT count(*) FROM range(100000000) a, range(100000) b")
        assert engine.run('SELECT count(*) FROM "销售"').rows == ((25,),)
    assert not list(tmp_path.glob("x*"))


def test_too_many_rows_are_cut_and_said(sales_of_two_years):
    with Engine([sales_of_two_years.table], rows=10) as engine:
        result = engine.run('SELECT * FROM "销售"')
    assert (len(result.rows), result.cut) == (10, True)
