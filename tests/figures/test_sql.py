"""What SQL may say, and what it may not."""

import pytest

from rag.errors import CannotCompute
from rag.figures.engine import Engine
from rag.figures.sql import checked, rows_behind

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
    ],
)
def test_anything_else_is_refused(sql):
    with pytest.raises(CannotCompute):
        checked(sql, TABLES)


def test_a_comment_does_not_travel_along():
    assert "drop" not in checked("SELECT region /* drop */ FROM sales -- drop", TABLES).casefold()


def test_rows_behind_a_sum_are_those_of_its_condition():
    behind, columns = rows_behind("SELECT SUM(amount) FROM sales WHERE region = 'N'", "sales", TABLES["sales"])
    assert behind == 'SELECT "#" FROM "sales" WHERE region = \'N\''
    assert columns == ["region", "amount"]


def test_rows_behind_a_list_are_those_it_shows():
    behind, _ = rows_behind("SELECT region FROM sales ORDER BY amount DESC LIMIT 2", "sales", TABLES["sales"])
    assert "LIMIT 2" in behind


def test_a_nested_query_went_over_all_rows():
    sql = "SELECT region FROM sales WHERE amount = (SELECT MAX(amount) FROM sales)"
    assert rows_behind(sql, "sales", TABLES["sales"])[0] is None


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
