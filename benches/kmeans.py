"""scikit-learn on the files that `cargo bench --bench kmeans` writes: the same start, 20 iterations.

pip install scikit-learn==1.9.1
"""

import sys
import time
import warnings
from pathlib import Path

import numpy as np
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_score

warnings.filterwarnings("ignore")
folder = Path(sys.argv[1] if len(sys.argv) > 1 else "target/kmeans")
for n, d, k in [(1_000_000, 3, 4), (200_000, 10, 8)]:
    values = np.fromfile(folder / f"{n}x{d}.f64").reshape(n, d)
    busy, wall = [], []
    for _ in range(7):
        model = KMeans(k, init=values[:k].copy(), n_init=1, max_iter=20, tol=0, algorithm="lloyd")
        used, started = time.process_time(), time.perf_counter()
        model.fit(values)
        busy.append(time.process_time() - used)
        wall.append(time.perf_counter() - started)
    print(
        f"{n}x{d} k={k}: {np.median(busy):.3f} s processor, {np.median(wall):.3f} s wall, "
        f"{model.n_iter_} iterations, sum of squares {model.inertia_:.6f}"
    )
if "--silhouette" in sys.argv:
    values = np.random.default_rng(1).random((100_000, 3)) * 2
    labels = (values[:, 0] * 2).astype(int)
    used, started = time.process_time(), time.perf_counter()
    silhouette_score(values, labels)
    print(
        f"silhouette of 100,000 rows, exact: {time.process_time() - used:.1f} s processor, "
        f"{time.perf_counter() - started:.1f} s wall"
    )
