"""The peers of custval's benches: the same inputs, the same answers, and what it takes them.

Run by `benches/run`, which builds the virtual environment, runs our benches first and calls this.
Each task: read the input that our bench wrote, time the peer (median of RUNS), compare its answer with
ours, and write a row of docs/benchmarks.md. An answer that disagrees ends the run with an error.
"""

import json
import os
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "target" / "bench"
RUNS = 5


LEAST = 0.3

# What takes longer than so many seconds is run once more, not RUNS times.
LONG = 30


def timed(run):
    wall, busy = [], []
    started = time.perf_counter()
    answer = run()
    first = time.perf_counter() - started
    repeats = int(np.ceil(LEAST / max(first, 1e-6)))
    for _ in range(RUNS if first < LONG else 1):
        started, used = time.perf_counter(), os.times()
        for _ in range(repeats):
            answer = run()
        wall.append((time.perf_counter() - started) / repeats)
        now = os.times()
        busy.append((now.user - used.user + now.system - used.system) / repeats)
    return statistics.median(wall), statistics.median(busy), answer


def load(task):
    return json.loads((FOLDER / f"{task}.json").read_text())


def raw(task, columns):
    return np.fromfile(FOLDER / f"{task}.f64").reshape(-1, columns)


RI = {8: 1.41, 15: 1.59}


def matrix(n, known):
    a = np.ones((n, n))
    for i, j, value in known:
        a[i, j], a[j, i] = value, 1.0 / value
    return a


def pairs(n):
    return [(i, j) for i in range(n) for j in range(i + 1, n)]


def numpy_matrices():
    """numpy.linalg.eig, one matrix after the other, as notebooks do."""
    uppers = load("matrices_15")
    index = pairs(15)

    def run():
        answer = []
        for upper in uppers:
            a = matrix(15, [(i, j, v) for (i, j), v in zip(index, upper)])
            values, vectors = np.linalg.eig(a)
            at = np.argmax(values.real)
            w = np.abs(vectors[:, at].real)
            answer += [w[0] / w.sum(), (values[at].real - 15) / 14 / RI[15]]
        return answer

    return "numpy (eig)", run


def numpy_batch():
    """numpy.linalg.eig on the whole stack at once, the fastest way with numpy."""
    uppers = np.array(load("matrices_15"))
    index = pairs(15)
    rows, columns = np.array([i for i, _ in index]), np.array([j for _, j in index])

    def run():
        a = np.ones((len(uppers), 15, 15))
        a[:, rows, columns] = uppers
        a[:, columns, rows] = 1.0 / uppers
        values, vectors = np.linalg.eig(a)
        at = np.argmax(values.real, axis=1)
        every = np.arange(len(uppers))
        w = np.abs(vectors[every, :, at].real)
        first = w[:, 0] / w.sum(axis=1)
        cr = (values[every, at].real - 15) / 14 / RI[15]
        return np.column_stack([first, cr]).ravel().tolist()

    return "numpy (eig of the stack)", run


def scipy_incomplete():
    """SciPy's BFGS on the logarithms of the gaps, λmax by numpy.linalg.eigvals."""
    from scipy.optimize import minimize

    cases = load("incomplete_8")
    table = {}  # the random index is ours: what is timed is the completion

    def run():
        answer = []
        for known in cases:
            have = {(i, j) for i, j, _ in known}
            gaps = [pair for pair in pairs(8) if pair not in have]
            a = matrix(8, known)

            def largest(logs):
                for (i, j), log in zip(gaps, logs):
                    a[i, j], a[j, i] = np.exp(log), np.exp(-log)
                return np.linalg.eigvals(a).real.max()

            found = minimize(largest, np.zeros(len(gaps)), method="BFGS", options={"gtol": 1e-9})
            largest(found.x)
            values, vectors = np.linalg.eig(a)
            at = np.argmax(values.real)
            w = np.abs(vectors[:, at].real)
            missing = len(gaps)
            ri = (1 - 2 * missing / (7 * 6)) * RI[8]
            answer += [w[0] / w.sum(), (values[at].real - 8) / 7 / ri]
        return answer

    return "SciPy (BFGS)", run


def ahpy_tree():
    """AHPy: one tree of comparisons for each expert (it combines no experts)."""
    import csv

    import ahpy

    judged = {}
    with open(FOLDER / "tree_50.csv") as file:
        for row in csv.DictReader(file):
            node = judged.setdefault(row["Expert"], {}).setdefault(row["Node"], {})
            node[(row["A"], row["B"])] = float(row["Value"])

    def run():
        for nodes in judged.values():
            compares = {
                name: ahpy.Compare(name, comparisons, precision=12, random_index="saaty")
                for name, comparisons in nodes.items()
            }
            for name, compare in compares.items():
                names = {item for pair in nodes[name] for item in pair}
                children = [compares[child] for child in sorted(names) if child in compares]
                if children:
                    compare.add_children(children)
        return None

    return "AHPy (50 single trees, not combined)", run


def kmeans(task, columns, k):
    def make():
        import sklearn.cluster
        import threadpoolctl

        x = raw(task, columns)
        start = x[:k].copy()

        def run():
            with threadpoolctl.threadpool_limits(1):
                return sklearn.cluster.KMeans(
                    k, init=start, n_init=1, max_iter=20, tol=0.0, algorithm="lloyd"
                ).fit(x)

        # Its inertia is around the centres before the last assignment; ours, as SPSS's, around the means.
        def answer(found):
            members = [x[found.labels_ == cluster] for cluster in range(k)]
            return [sum(((rows - rows.mean(axis=0)) ** 2).sum() for rows in members)]

        return "scikit-learn (one thread)", run, answer

    return make


def silhouette():
    import sklearn.metrics

    x = raw("silhouette", 3)
    labels = (x[:, 0] * 2.0).astype(int)

    def run():
        return [sklearn.metrics.silhouette_score(x, labels)]

    return "scikit-learn (exact)", run


def studentized():
    import scipy.stats

    cases = load("studentized_range")

    def run():
        return [float(scipy.stats.studentized_range.sf(q, k, df)) for q, k, df in cases]

    return "SciPy", run


def anova():
    import scipy.stats

    groups = load("anova")

    def run():
        f = scipy.stats.f_oneway(*groups)
        kruskal = scipy.stats.kruskal(*groups)
        levene = scipy.stats.levene(*groups, center="mean")
        return [f.statistic, kruskal.statistic, levene.statistic]

    return "SciPy", run


# task: (peers, tolerance of the answers, relative; None where the peer computes something less)
TASKS = {
    "matrices_15": ([numpy_matrices, numpy_batch], 1e-9),
    "incomplete_8": ([scipy_incomplete], 1e-5),
    "tree_50": ([ahpy_tree], None),
    "kmeans_1000000x3": ([kmeans("kmeans_1000000x3", 3, 4)], 1e-9),
    "kmeans_200000x10": ([kmeans("kmeans_200000x10", 10, 8)], 1e-9),
    "silhouette": ([silhouette], 1e-9),
    "studentized_range": ([studentized], 1e-8),
    "anova": ([anova], 1e-9),
}


def versions():
    import importlib.metadata as metadata

    names = ["ahpy", "numpy", "scikit-learn", "scipy"]
    return ", ".join(f"{name} {metadata.version(name)}" for name in names)


def processor():
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def shown(seconds):
    return f"{seconds * 1e3:,.1f} ms" if seconds < 10 else f"{seconds:,.1f} s"


def main():
    ours = {}
    for path in sorted(FOLDER.glob("*.ours.json")):
        ours.update({task["task"]: task for task in json.loads(path.read_text())})
    rows, wrong = [], []
    for task, own in ours.items():
        peers, tolerance = TASKS.get(task, ([], None))
        rows.append(("**custval**", own["title"], own["wall"], own["processor"], "", ""))
        for make in peers:
            name, run, *answered = make()
            wall, busy, answer = timed(run)
            if answered:
                answer = answered[0](answer)
            agrees = "not compared"
            if tolerance is not None:
                a, b = np.array(own["answer"]), np.array(answer)
                off = float(np.max(np.abs(a - b) / np.maximum(np.abs(b), 1e-300)))
                off = min(off, float(np.max(np.abs(a - b))))
                agrees = f"{off:.0e}"
                if not off <= tolerance:
                    wrong.append(f"{task}: {name} differs by {off}")
            ratio = f"{busy / own['processor']:,.1f}×" if own["processor"] > 0 else ""
            rows.append((name, own["title"], wall, busy, ratio, agrees))
            print(f"{task}: {name} {shown(wall)}, {ratio} ours, off by {agrees}", flush=True)
    text = (ROOT / "docs" / "benchmarks.md").read_text()
    start, end = "<!-- table: made by benches/run -->", "<!-- end -->"
    table = [
        f"{processor()}, {os.cpu_count()} cores; Python {platform.python_version()}, {versions()}.",
        "",
        "| task | who | wall | processor | processor, of ours | answers differ by |",
        "|---|---|---|---|---|---|",
    ]
    last = None
    for name, title, wall, busy, ratio, agrees in rows:
        shown_title = title if title != last else ""
        last = title
        table.append(f"| {shown_title} | {name} | {shown(wall)} | {shown(busy)} | {ratio} | {agrees} |")
    head, rest = text.split(start, 1)
    text = head + start + "\n\n" + "\n".join(table) + "\n\n" + end + rest.split(end, 1)[1]
    (ROOT / "docs" / "benchmarks.md").write_text(text)
    if wrong:
        sys.exit("the answers do not agree:\n" + "\n".join(wrong))


if __name__ == "__main__":
    main()
