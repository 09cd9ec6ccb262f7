"""RFM from sales lines as a skilled user of each peer would write it.

python sales_peers.py PEER JOB FILE FOLDER    writes FOLDER/customers.csv and, for the whole, FOLDER/whole.json

The rules are those of `custval rfm`: rows without a customer are set aside; money is quantity × price; a row
of negative quantity is a return, which lowers its customer's money and is no purchase; the reference date is
the day after the last row.
"""

import json
import sys
from pathlib import Path

TEXTS = ["InvoiceNo", "StockCode", "Description", "InvoiceDate", "CustomerID", "Country"]
LEAN = ["InvoiceNo", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID"]
TOP = 50


# ---------------------------------------------------------------- polars


def polars_scan(file):
    import polars as pl

    schema = {
        "InvoiceNo": pl.String, "StockCode": pl.String, "Description": pl.String, "Quantity": pl.Int64,
        "InvoiceDate": pl.String, "UnitPrice": pl.Float64, "CustomerID": pl.String, "Country": pl.String,
    }
    return pl.scan_csv(file, schema=schema)


def polars_lines(scan):
    import polars as pl

    return (
        scan.filter(pl.col("CustomerID").is_not_null())
        .with_columns(
            date=pl.col("InvoiceDate").str.to_datetime("%m/%d/%Y %H:%M", time_unit="us"),
            money=pl.col("Quantity") * pl.col("UnitPrice"),
            bought=pl.col("Quantity") >= 0,
        )
    )


def polars_customers(file, folder):
    import polars as pl

    orders = (
        polars_lines(polars_scan(file))
        .group_by("CustomerID", "InvoiceNo")
        .agg(
            money=pl.col("money").sum(),
            last=pl.col("date").max(),
            last_bought=pl.col("date").filter("bought").max(),
            bought=pl.col("bought").any(),
        )
        .group_by("CustomerID")
        .agg(
            orders=pl.col("bought").sum(),
            money=pl.col("money").sum(),
            last=pl.col("last").max(),
            last_bought=pl.col("last_bought").max(),
        )
        .collect(engine="streaming")
    )
    as_of = orders["last"].max().date()
    orders.sort("CustomerID").select(
        customer="CustomerID",
        recency=(pl.lit(as_of) - pl.col("last_bought").dt.date()).dt.total_days() + 1,
        orders="orders",
        money="money",
    ).write_csv(folder / "customers.csv")


def polars_whole(file, folder):
    import polars as pl

    rows = polars_scan(file).collect(engine="streaming")
    duplicates = rows.height - rows.lazy().unique().select(pl.len()).collect(engine="streaming").item()
    lines = polars_lines(rows.lazy()).with_columns(day=pl.col("date").dt.date()).collect(engine="streaming")
    without = rows.lazy().filter(pl.col("CustomerID").is_null())
    aside = without.select(pl.len(), (pl.col("Quantity") * pl.col("UnitPrice")).sum()).collect().row(0)
    ledger = [rows.height, aside[0], aside[1], lines.height, duplicates]
    del rows
    as_of = lines["day"].max()
    lazy = lines.lazy()
    orders = (
        lazy.group_by("CustomerID", "InvoiceNo")
        .agg(
            money=pl.col("money").sum(),
            date=pl.col("date").filter("bought").min(),
            last=pl.col("date").filter("bought").max(),
            country=pl.col("Country").min(),
        )
        .with_columns(day=pl.col("date").dt.date(), month=pl.col("date").dt.truncate("1mo"))
        .collect(engine="streaming")
        .lazy()
    )
    customers = orders.group_by("CustomerID").agg(
        orders=pl.col("date").count(),
        money=pl.col("money").sum(),
        first=pl.col("date").min(),
        last=pl.col("last").max(),
        active_days=pl.col("day").drop_nulls().n_unique(),
        span=(pl.col("day").max() - pl.col("day").min()).dt.total_days(),
    )
    products = lazy.filter("bought").group_by("CustomerID").agg(products=pl.col("StockCode").n_unique())
    customers = (
        customers.join(products, on="CustomerID", how="left")
        .with_columns(
            recency=(pl.lit(as_of) - pl.col("last").dt.date()).dt.total_days() + 1,
            mean_gap=pl.when(pl.col("orders") > 1).then(pl.col("span") / (pl.col("orders") - 1)),
        )
        .sort("CustomerID")
        .collect(engine="streaming")
    )
    scored = customers.filter(pl.col("orders") > 0)
    scores = []
    for column, sign in [("recency", -1), ("orders", 1), ("money", 1)]:
        edges = [scored[column].quantile(i / 5, "linear") for i in range(1, 5)]
        above = sum((pl.col(column) > edge).cast(pl.Int8) for edge in edges)
        scores.append((above + 1 if sign > 0 else 5 - above).alias(f"score_{column}"))
    customers = customers.with_columns(
        pl.when(pl.col("orders") > 0).then(score).alias(score.meta.output_name()) for score in scores
    )
    customers.select(
        customer="CustomerID", recency="recency", orders="orders", money="money", first="first", last="last",
        active_days="active_days", mean_gap="mean_gap", products="products",
        r="score_recency", f="score_orders", m="score_money",
    ).write_csv(folder / "customers.csv")
    bought = orders.filter(pl.col("date").is_not_null())
    first = bought.group_by("CustomerID").agg(cohort=pl.col("month").min())
    queries = [
        lazy.group_by(month=pl.col("date").dt.truncate("1mo")).agg(money=pl.col("money").sum()).sort("month"),
        bought.group_by("month").agg(pl.len(), pl.col("CustomerID").n_unique()).sort("month"),
        lazy.group_by(weekday=pl.col("date").dt.weekday(), hour=pl.col("date").dt.hour())
        .agg(money=pl.col("money").sum()).sort("weekday", "hour"),
        lazy.group_by("Country").agg(money=pl.col("money").sum()).sort("Country"),
        bought.group_by("country").agg(pl.len(), pl.col("CustomerID").n_unique()).sort("country"),
        lazy.group_by("StockCode").agg(money=pl.col("money").sum(), quantity=pl.col("Quantity").sum())
        .top_k(TOP, by="money"),
        bought.select("CustomerID", "month").unique().join(first, on="CustomerID")
        .group_by("cohort", "month").agg(n=pl.len()).sort("cohort", "month"),
    ]
    months, month_orders, hours, countries, country_orders, products, cohorts = [
        table.rows() for table in pl.collect_all(queries, engine="streaming")
    ]
    write_whole(folder, ledger, months, month_orders, hours, countries, country_orders, products, cohorts)


# ---------------------------------------------------------------- DuckDB


def duckdb_source(file, columns="*"):
    types = {name: "VARCHAR" for name in TEXTS} | {"Quantity": "BIGINT", "UnitPrice": "DOUBLE"}
    names = ["InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country"]
    types["InvoiceDate"] = "TIMESTAMP"
    spelt = ", ".join(f"'{name}': '{types[name]}'" for name in names)
    return (
        f"read_csv('{file}', header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"', "
        f"timestampformat = '%m/%d/%Y %H:%M', columns = {{{spelt}}})"
    )


def duckdb_customers(file, folder):
    import duckdb

    duckdb.sql(f"""
        COPY (
            WITH orders AS (
                SELECT CustomerID, InvoiceNo, sum(Quantity * UnitPrice) AS money, max(InvoiceDate) AS last,
                       max(InvoiceDate) FILTER (Quantity >= 0) AS last_bought
                FROM {duckdb_source(file)} WHERE CustomerID IS NOT NULL GROUP BY ALL
            ), customers AS (
                SELECT CustomerID, count(last_bought) AS orders, sum(money) AS money, max(last) AS last,
                       max(last_bought) AS last_bought
                FROM orders GROUP BY CustomerID
            )
            SELECT CustomerID AS customer,
                   date_diff('day', last_bought::DATE, (max(last) OVER ())::DATE) + 1 AS recency, orders, money
            FROM customers ORDER BY customer
        ) TO '{folder / "customers.csv"}' (HEADER)
    """)


def duckdb_whole(file, folder):
    import duckdb

    base = duckdb.connect()
    base.execute(f"CREATE TABLE rows AS SELECT * FROM {duckdb_source(file)}")
    rows, aside, aside_money, used = base.execute("""
        SELECT count(*), count(*) FILTER (CustomerID IS NULL),
               sum(Quantity * UnitPrice) FILTER (CustomerID IS NULL), count(CustomerID) FROM rows
    """).fetchall()[0]
    distinct = base.execute("SELECT count(*) FROM (SELECT DISTINCT * FROM rows)").fetchall()[0][0]
    ledger = [rows, aside, aside_money, used, rows - distinct]
    base.execute("""
        CREATE VIEW lines AS SELECT *, Quantity * UnitPrice AS money, Quantity >= 0 AS bought
        FROM rows WHERE CustomerID IS NOT NULL
    """)
    base.execute("""
        CREATE TABLE orders AS
        SELECT CustomerID, InvoiceNo, sum(money) AS money, min(InvoiceDate) FILTER (bought) AS date,
               max(InvoiceDate) FILTER (bought) AS last, min(Country) AS country
        FROM lines GROUP BY ALL
    """)
    base.execute("""
        CREATE TABLE customers AS
        WITH sums AS (
            SELECT CustomerID, count(date) AS orders, sum(money) AS money, min(date) AS first, max(last) AS last,
                   count(DISTINCT date::DATE) AS active_days,
                   date_diff('day', min(date)::DATE, max(date)::DATE) AS span
            FROM orders GROUP BY CustomerID
        ), pairs AS (
            SELECT CustomerID, StockCode FROM lines WHERE bought GROUP BY ALL
        ), products AS (SELECT CustomerID, count(*) AS products FROM pairs GROUP BY ALL)
        SELECT sums.*, products,
               date_diff('day', last::DATE, (SELECT max(InvoiceDate) FROM lines)::DATE) + 1 AS recency,
               CASE WHEN orders > 1 THEN span / (orders - 1) END AS mean_gap
        FROM sums LEFT JOIN products USING (CustomerID)
    """)
    shares = "[0.2, 0.4, 0.6, 0.8]"
    base.execute(f"""
        COPY (
            WITH edges AS (
                SELECT quantile_cont(recency, {shares}) AS r, quantile_cont(orders, {shares}) AS f,
                       quantile_cont(money, {shares}) AS m FROM customers WHERE orders > 0
            ), scored AS (
                SELECT customers.*, 5 - len(list_filter(edges.r, lambda e: recency > e)) AS r,
                       1 + len(list_filter(edges.f, lambda e: customers.orders > e)) AS f,
                       1 + len(list_filter(edges.m, lambda e: customers.money > e)) AS m
                FROM customers, edges
            )
            SELECT CustomerID AS customer, recency, orders, money, first, last, active_days, mean_gap, products,
                   CASE WHEN orders > 0 THEN r END AS r, CASE WHEN orders > 0 THEN f END AS f,
                   CASE WHEN orders > 0 THEN m END AS m
            FROM scored ORDER BY customer
        ) TO '{folder / "customers.csv"}' (HEADER)
    """)
    tables = [
        "SELECT date_trunc('month', InvoiceDate) AS month, sum(money) FROM lines GROUP BY 1 ORDER BY 1",
        """SELECT date_trunc('month', date) AS month, count(*), count(DISTINCT CustomerID) FROM orders
           WHERE date IS NOT NULL GROUP BY 1 ORDER BY 1""",
        "SELECT isodow(InvoiceDate), hour(InvoiceDate), sum(money) FROM lines GROUP BY 1, 2 ORDER BY 1, 2",
        "SELECT Country, sum(money) FROM lines GROUP BY 1 ORDER BY 1",
        """SELECT country, count(*), count(DISTINCT CustomerID) FROM orders WHERE date IS NOT NULL
           GROUP BY 1 ORDER BY 1""",
        f"SELECT StockCode, sum(money) AS m, sum(Quantity) FROM lines GROUP BY 1 ORDER BY m DESC LIMIT {TOP}",
        """WITH active AS (SELECT DISTINCT CustomerID, date_trunc('month', date) AS month FROM orders
                           WHERE date IS NOT NULL)
           SELECT cohort, month, count(*) FROM (
               SELECT CustomerID, month, min(month) OVER (PARTITION BY CustomerID) AS cohort FROM active)
           GROUP BY 1, 2 ORDER BY 1, 2""",
    ]
    write_whole(folder, ledger, *[base.execute(query).fetchall() for query in tables])


# ---------------------------------------------------------------- pandas


def pandas_rows(file, columns):
    import pandas as pd

    kinds = {name: "category" for name in TEXTS} | {"Quantity": "int64", "UnitPrice": "float64"}
    kinds = {name: kinds[name] for name in columns}
    rows = pd.read_csv(file, usecols=columns, dtype=kinds, keep_default_na=False, na_values={"CustomerID": [""]})
    # A date is turned once, not once for each of its lines.
    texts = rows["InvoiceDate"].cat
    dates = pd.to_datetime(texts.categories, format="%m/%d/%Y %H:%M")
    rows["InvoiceDate"] = dates.to_numpy()[texts.codes]
    return rows


def pandas_customers(file, folder):
    import pandas as pd

    rows = pandas_rows(file, LEAN)
    rows = rows[rows["CustomerID"].notna()]
    money = (rows["Quantity"] * rows["UnitPrice"]).groupby(rows["CustomerID"], observed=True).sum()
    bought = rows[rows["Quantity"] >= 0]
    orders = bought.drop_duplicates(["CustomerID", "InvoiceNo"])["CustomerID"].value_counts()
    last = bought.groupby("CustomerID", observed=True)["InvoiceDate"].max()
    as_of = rows["InvoiceDate"].max().normalize() + pd.Timedelta(days=1)
    customers = pd.DataFrame({"money": money})
    customers["recency"] = (as_of - last.dt.normalize()).dt.days
    customers["orders"] = orders.reindex(customers.index, fill_value=0)
    customers = customers.rename_axis("customer")[["recency", "orders", "money"]]
    customers.to_csv(folder / "customers.csv")


def pandas_whole(file, folder):
    import numpy as np
    import pandas as pd

    rows = pandas_rows(file, TEXTS + ["Quantity", "UnitPrice"])
    rows["money"] = rows["Quantity"] * rows["UnitPrice"]
    duplicates = int(rows.duplicated().sum())
    missing = rows["CustomerID"].isna()
    ledger = [len(rows), int(missing.sum()), rows.loc[missing, "money"].sum(), int((~missing).sum()), duplicates]
    rows = rows[~missing]
    by = dict(observed=True, sort=True)
    date = rows["InvoiceDate"]
    month = date.dt.to_period("M").dt.to_timestamp()
    months = rows["money"].groupby(month).sum()
    hours = rows["money"].groupby([date.dt.day_of_week + 1, date.dt.hour]).sum()
    countries = rows.groupby("Country", **by)["money"].sum()
    products = rows.groupby("StockCode", **by)[["money", "Quantity"]].sum().nlargest(TOP, "money")
    money = rows.groupby("CustomerID", **by)["money"].sum()
    as_of = date.max().normalize() + pd.Timedelta(days=1)
    bought = rows[rows["Quantity"] >= 0]
    of_orders = bought.groupby(["CustomerID", "InvoiceNo"], **by)
    orders = of_orders.agg(
        date=("InvoiceDate", "min"), last=("InvoiceDate", "max"), country=("Country", "first")
    ).reset_index()
    orders["day"] = orders["date"].dt.normalize()
    orders["month"] = orders["date"].dt.to_period("M").dt.to_timestamp()
    of = orders.groupby("CustomerID", **by)
    customers = of.agg(
        orders=("date", "size"), first=("date", "min"), last=("last", "max"), from_day=("day", "min"),
        to_day=("day", "max"),
    ).reindex(money.index)
    customers["orders"] = customers["orders"].fillna(0).astype("int64")
    customers["money"] = money
    days = orders.drop_duplicates(["CustomerID", "day"])["CustomerID"].value_counts()
    customers["active_days"] = days.reindex(customers.index, fill_value=0)
    pairs = bought.drop_duplicates(["CustomerID", "StockCode"])["CustomerID"].value_counts()
    customers["products"] = pairs.reindex(customers.index, fill_value=0)
    span = (customers["to_day"] - customers["from_day"]).dt.days
    customers["mean_gap"] = (span / (customers["orders"] - 1)).where(customers["orders"] > 1)
    customers["recency"] = (as_of - customers["last"].dt.normalize()).dt.days
    scored = customers["orders"] > 0
    for score, column, sign in [("r", "recency", -1), ("f", "orders", 1), ("m", "money", 1)]:
        edges = customers.loc[scored, column].quantile([0.2, 0.4, 0.6, 0.8])
        above = np.searchsorted(edges, customers[column], side="left")
        customers[score] = pd.Series(above + 1 if sign > 0 else 5 - above, customers.index).where(scored)
    customers = customers.rename_axis("customer")
    customers.drop(columns=["from_day", "to_day"]).to_csv(folder / "customers.csv")
    active = orders[["CustomerID", "month"]].drop_duplicates()
    active["cohort"] = active.groupby("CustomerID", **by)["month"].transform("min")
    of_month, of_country = orders.groupby("month"), orders.groupby("country", **by)
    write_whole(
        folder,
        ledger,
        list(months.items()),
        list(zip(of_month.size().index, of_month.size(), of_month["CustomerID"].nunique())),
        [(*at, sum_) for at, sum_ in hours.items()],
        list(countries.items()),
        list(zip(of_country.size().index, of_country.size(), of_country["CustomerID"].nunique())),
        [(str(code), *sums) for code, *sums in products.itertuples()],
        [(*at, n) for at, n in active.groupby(["cohort", "month"]).size().items()],
    )


def notebook(job, file):
    """The published notebook's own steps, as it takes them, or with the format of its dates told."""
    import datetime as dt

    import pandas as pd

    online = pd.read_csv(file, encoding="utf-8")
    retail = online[online["Country"] == "United Kingdom"]
    retail = retail[retail["Quantity"] > 0]
    retail = retail.dropna(subset=["CustomerID"])
    retail = retail[retail["InvoiceDate"] >= "2010-12-09"].copy()
    kept = len(retail)
    counts = [retail[name].nunique() for name in ("InvoiceNo", "StockCode", "CustomerID")]
    now = dt.date(2011, 12, 9)
    if job == "told":
        retail["date"] = pd.to_datetime(retail["InvoiceDate"], format="%m/%d/%Y %H:%M").dt.date
    else:
        retail["date"] = pd.DatetimeIndex(retail["InvoiceDate"]).date
    recency = retail.groupby("CustomerID", as_index=False)["date"].max()
    recency.columns = ["CustomerID", "LastPurchaseDate"]
    recency["Recency"] = recency["LastPurchaseDate"].apply(lambda day: (now - day).days)
    single = retail.copy()
    single = single.drop_duplicates(subset=["InvoiceNo", "CustomerID"], keep="first")
    frequency = single.groupby("CustomerID", as_index=False)["InvoiceNo"].count()
    frequency.columns = ["CustomerID", "Frequency"]
    single["TotalCost"] = single["Quantity"] * single["UnitPrice"]
    monetary = single.groupby("CustomerID", as_index=False).agg({"TotalCost": "sum"})
    monetary.columns = ["CustomerID", "Monetary"]
    rfm = recency.merge(frequency, on="CustomerID").merge(monetary, on="CustomerID").set_index("CustomerID")
    edges = rfm[["Recency", "Frequency", "Monetary"]].quantile([0.25, 0.5, 0.75]).to_dict()

    def fewer_is_better(x, name):
        return 4 if x <= edges[name][0.25] else 3 if x <= edges[name][0.5] else 2 if x <= edges[name][0.75] else 1

    def more_is_better(x, name):
        return 5 - fewer_is_better(x, name)

    rfm["R"] = rfm["Recency"].apply(fewer_is_better, args=("Recency",))
    rfm["F"] = rfm["Frequency"].apply(more_is_better, args=("Frequency",))
    rfm["M"] = rfm["Monetary"].apply(more_is_better, args=("Monetary",))
    rfm["Score"] = rfm["R"].map(str) + rfm["F"].map(str) + rfm["M"].map(str)
    score = rfm["Score"]
    answers = [kept, *counts, int((score == "444").sum()), int((rfm["F"] == 4).sum()), int((rfm["M"] == 4).sum())]
    answers += [int((score == code).sum()) for code in ("244", "144", "111")]
    print(json.dumps(answers))


def write_whole(folder, ledger, months, month_orders, hours, countries, country_orders, products, cohorts):
    month = lambda moment: str(moment)[:7]
    whole = {
        "ledger": ledger,
        "months": [[month(at), money] for at, money in months],
        "month_orders": [[month(at), orders, customers] for at, orders, customers in month_orders],
        "hours": hours,
        "countries": countries,
        "country_orders": country_orders,
        "products": products,
        "cohorts": [[month(first), month(at), n] for first, at, n in cohorts],
    }
    (folder / "whole.json").write_text(json.dumps(whole, default=float))


if __name__ == "__main__":
    peer, job, file, folder = sys.argv[1:]
    if peer == "notebook":
        notebook(job, file)
    else:
        globals()[f"{peer}_{job}"](file, Path(folder))
