"""`custval rfm` beside polars, DuckDB and pandas: the same files, the same answers, and what it takes.

Run by `benches/run`, or alone: `target/bench/venv/bin/python benches/sales.py` after `cargo build --release`
and `cargo bench --bench sales`, which writes the made-up files. Every run is a process of its own, from its
start to its end; the programs take turns. An answer that disagrees ends the run with an error.
"""

import csv
import datetime
import gzip
import json
import os
import shutil
import statistics
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "target" / "bench"
CUSTVAL = ROOT / "target" / "release" / "custval"
RUNS = int(os.environ.get("CUSTVAL_BENCH_RUNS", 3))

# What we run for each job: it prints JSON, or CSV, of the customers. The format of dates is told to us as it
# is to the peers; what finding it takes is a row of its own.
OURS = {
    "customers": [str(CUSTVAL), "rfm", "{file}", "--date-format", "mdy", "--only", "scores"],
    "whole": [str(CUSTVAL), "rfm", "{file}", "--date-format", "mdy", "--format", "json"],
}
UNTOLD = [str(CUSTVAL), "rfm", "{file}", "--format", "json"]
TITLES = {
    "customers": "recency, orders, money of each customer",
    "whole": "the whole: ledger, duplicates, figures, scores, months, hours, countries, products, cohorts",
}
PEERS = {"polars": "polars", "duckdb": "DuckDB", "pandas": "pandas"}
NAMES = PEERS | {"untold": "custval, told nothing"}
# Where the count of different products stands in a customer's answers.
PRODUCTS = 7
NOTEBOOK = {"own": "its own steps in pandas", "told": "the same, with the format of its dates told"}


def retail():
    """The UCI data as UTF-8, which they are not, and which polars and DuckDB want; the made-up file without."""
    data = Path(os.environ.get("CUSTVAL_DATA", ROOT.parent / "shared" / "data"))
    packed = data / "online_retail" / "online_retail.csv.gz"
    if not packed.exists():
        return FOLDER / "sales_541909.csv", False
    plain = FOLDER / "online_retail.csv"
    if not plain.exists():
        hidden = plain.with_suffix(".part")
        with gzip.open(packed, "rt", encoding="latin-1", newline="") as rows:
            with open(hidden, "w", encoding="utf-8", newline="") as copy:
                shutil.copyfileobj(rows, copy)
        hidden.rename(plain)
    return plain, True


def run(command, out):
    """Wall and processor seconds, and the most memory in bytes, of one process and those it waited for."""
    with open(out, "wb") as stdout, open(FOLDER / "stderr.txt", "wb") as stderr:
        started = time.perf_counter()
        child = os.posix_spawn(
            command[0], command, os.environ,
            file_actions=[(os.POSIX_SPAWN_DUP2, stdout.fileno(), 1), (os.POSIX_SPAWN_DUP2, stderr.fileno(), 2)],
        )
        _, status, used = os.wait4(child, 0)
        wall = time.perf_counter() - started
    if status:
        sys.exit(f"{' '.join(command)} failed:\n{(FOLDER / 'stderr.txt').read_text()[-2000:]}")
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024


def number(text):
    return None if text in ("", None) else float(text)


def moment(text):
    return text.replace("T", " ").split(".")[0] if text else None


def later(month, n):
    """The month so many months after one such as 2010-12."""
    year, month = divmod(int(month[:4]) * 12 + int(month[5:]) - 1 + n, 12)
    return f"{year}-{month + 1:02}"


def ours(job, out):
    """Our answers in the shape of the peers'."""
    if out.read_bytes()[:1] != b"{":
        with open(out, newline="") as file:
            rows = list(csv.DictReader(file))
        money = next(name for name in ("money", "monetary") if name in rows[0])
        orders = next(name for name in ("orders", "frequency") if name in rows[0])
        recency = next(name for name in ("recency", "recency_days") if name in rows[0])
        return {row["customer"]: [number(row[recency]), int(row[orders]), float(row[money])] for row in rows}, None
    told = json.loads(out.read_text())
    customers = {}
    for one, score in zip(told["metrics"], told["scores"]):
        row = [one["recency_days"], one["frequency"], one["monetary"]]
        if job == "whole":
            row += [moment(one["first"]), moment(one["last"]), one["active_days"], one["mean_gap_days"]]
            row += [one["products"], score["r"], score["f"], score["m"]]
        customers[one["customer"]] = row
    if job == "customers":
        return customers, None
    ledger, tables = told["ledger"], told["tables"]
    aside = {row["reason"]: row for row in ledger["set_aside"]}["no_customer"]
    cohorts = [
        [cohort["month"], later(cohort["month"], n), active]
        for cohort in tables["cohorts"]
        for n, active in enumerate(cohort["active"])
        if active
    ]
    whole = {
        "ledger": [
            ledger["rows_in"], aside["rows"], aside["money"], ledger["rows_used"], ledger["duplicates"],
        ],
        "months": [[month["month"], month["money"]] for month in tables["months"]],
        "month_orders": [[month["month"], month["orders"], month["customers"]] for month in tables["months"]],
        "hours": [[hour["weekday"], hour["hour"], hour["money"]] for hour in tables["hours"]],
        "countries": sorted([one["country"], one["money"]] for one in tables["countries"]),
        "country_orders": sorted([one["country"], one["orders"], one["customers"]] for one in tables["countries"]),
        "products": [[one["product"], one["money"], one["quantity"]] for one in tables["products"]],
        "cohorts": sorted(cohorts),
    }
    return customers, whole


def theirs(job, folder):
    with open(folder / "customers.csv", newline="") as file:
        customers = {}
        for row in csv.DictReader(file):
            answer = [number(row["recency"]), int(row["orders"]), float(row["money"])]
            if job == "whole":
                answer += [moment(row["first"]), moment(row["last"]), number(row["active_days"])]
                answer += [number(row["mean_gap"]), number(row["products"]) or 0]
                answer += [number(row["r"]), number(row["f"]), number(row["m"])]
            customers[row["customer"]] = answer
    whole = json.loads((folder / "whole.json").read_text()) if job == "whole" else None
    return customers, whole


def same(a, b):
    if isinstance(a, (list, tuple)) and isinstance(b, (list, tuple)):
        return len(a) == len(b) and all(same(x, y) for x, y in zip(a, b))
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        # Money to the half cent, which binary sums of this size keep.
        return abs(a - b) < 0.005
    return a == b


def differences(job, own, other):
    """What differs, in words."""
    (own_customers, own_whole), (their_customers, their_whole) = own, other
    found = []
    if own_customers.keys() != their_customers.keys():
        found.append(f"{len(own_customers)} customers and {len(their_customers)}")
    for customer, answer in own_customers.items():
        told = their_customers.get(customer)
        if job == "whole" and answer[PRODUCTS] is None and told is not None:
            # Beyond some million pairs of customer and product ours does not count them, and says so.
            told[PRODUCTS] = None
        if told is not None and not same(answer, told):
            found.append(f"customer {customer}: {answer} and {told}")
    for name, table in (own_whole or {}).items():
        if not same(table, their_whole[name]):
            pairs = [(a, b) for a, b in zip(table, their_whole[name]) if not same(a, b)]
            found.append(f"{name}: {len(table)} and {len(their_whole[name])} rows; {pairs[:3]}")
    return found


def measured(commands, check):
    """Medians of each command; one run of each in turn, so that what else the machine does hits all alike."""
    times = {name: [] for name in commands}
    for turn in range(RUNS):
        for name, (command, out) in commands.items():
            times[name].append(run(command, out))
            if turn == 0:
                check(name)
            print(name, "{:.2f} s wall, {:.2f} s processor, {:.0f} MB".format(
                *times[name][-1][:2], times[name][-1][2] / 1e6), flush=True)
    return {name: [statistics.median(column) for column in zip(*runs)] for name, runs in times.items()}


def peer_command(peer, job, file, folder):
    folder.mkdir(parents=True, exist_ok=True)
    return [sys.executable, str(ROOT / "benches" / "sales_peers.py"), peer, job, str(file), str(folder)]


def told_otherwise(job, name, out):
    """How the answers of a run differ from ours, at most five of them, in words."""
    own = ours(job, FOLDER / f"ours_{job}.out")
    other = ours(job, out) if name == "untold" else theirs(job, FOLDER / f"{name}_{job}")
    return differences(job, own, other)[:5]


def compare(file, job, wrong, checker):
    out = FOLDER / f"ours_{job}.out"
    commands = {"custval": ([part.format(file=file) for part in OURS[job]], out)}
    for peer in PEERS:
        folder = FOLDER / f"{peer}_{job}"
        commands[peer] = (peer_command(peer, job, file, folder), FOLDER / "stdout.txt")
    if job == "whole":
        untold = FOLDER / "ours_untold.out"
        commands["untold"] = ([part.format(file=file) for part in UNTOLD], untold)

    def check(name):
        if name != "custval":
            found = checker.submit(told_otherwise, job, name, commands[name][1]).result()
            wrong.extend(f"{file.name}, {job}, {name}: {one}" for one in found)

    return measured(commands, check)


def notebook(file, wrong):
    """The published notebook's steps end to end, and our reproduction, which also tells the right figures."""
    command = [str(CUSTVAL), "reproduce", "rfm-notebook", "--data", str(file), "--format", "json"]
    commands = {"custval": (command, FOLDER / "notebook_custval.json")}
    for job in NOTEBOOK:
        commands[job] = (peer_command("notebook", job, file, FOLDER), FOLDER / f"notebook_{job}.json")
    answers = {}

    def check(name):
        told = json.loads(commands[name][1].read_text())
        answers[name] = notebook_figures(told) if name == "custval" else told
        if answers[name] != answers["custval"]:
            wrong.append(f"notebook: {answers['custval']} and {answers[name]}")

    return measured(commands, check)


def notebook_figures(reproduction):
    """Rows kept, orders, products, customers and the six groups, as we compute them."""
    counts = [figure["computed"] for figure in reproduction["figures"] if figure["computed"] is not None]
    return counts[3:]


def shown(seconds):
    return f"{seconds:,.2f} s"


def rows_of(title, results, names):
    own = results["custval"]
    for at, (name, (wall, busy, memory)) in enumerate(results.items()):
        ratio = "" if name == "custval" else f"{wall / own[0]:,.1f}× | {busy / own[1]:,.1f}× | {memory / own[2]:,.1f}×"
        ratio = ratio or " | | "
        who = "**custval**" if name == "custval" else names.get(name, name)
        yield (f"| {title if at == 0 else ''} | {who} | {shown(wall)} | {shown(busy)} | {memory / 1e6:,.0f} MB "
               f"| {ratio} |")


def main():
    small, is_retail = retail()
    files = [
        (small, "UCI Online Retail, 541,909 lines" if is_retail else "541,909 made-up lines"),
        (FOLDER / "sales_5000000.csv", "5,000,000 made-up lines"),
    ]
    wrong, table = [], []
    # What a process held before it became another counts as its own: so this one stays small, and answers are
    # compared in another.
    with ProcessPoolExecutor(1, max_tasks_per_child=1) as checker:
        for file, title in files:
            for job in OURS:
                print(f"{title}: {job}", flush=True)
                results = compare(file, job, wrong, checker)
                table += rows_of(f"{title}: {TITLES[job]}", results, NAMES)
    if is_retail:
        print("the notebook", flush=True)
        results = notebook(small, wrong)
        table += rows_of("the published notebook on the UCI data, end to end", results, NOTEBOOK)
    import importlib.metadata as metadata
    import platform

    from peers import processor

    versions = ", ".join(f"{name} {metadata.version(name)}" for name in ("polars", "duckdb", "pandas"))
    head = [
        f"{processor()}, {os.cpu_count()} cores, load {os.getloadavg()[1]:.1f}; Python {platform.python_version()}, "
        f"{versions}; {datetime.date.today()}.",
        "",
        "| task | who | wall | processor | memory | wall, of ours | processor, of ours | memory, of ours |",
        "|---|---|---|---|---|---|---|---|",
    ]
    page = ROOT / "docs" / "benchmarks.md"
    start, end = "<!-- sales: made by benches/run -->", "<!-- end of sales -->"
    before, rest = page.read_text().split(start, 1)
    page.write_text(before + start + "\n\n" + "\n".join(head + table) + "\n\n" + end + rest.split(end, 1)[1])
    if wrong:
        sys.exit("the answers do not agree:\n" + "\n".join(wrong))


if __name__ == "__main__":
    main()
