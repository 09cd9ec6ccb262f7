// The class of the nearest centre, as the evaluation finds it, under the weights that the reader sets.
// Clusters keep their members: under other weights a centre is the mean of its members' values.
{
  const { nodes, leaves, clusters } = custval.data;

  // The local weight of each part among its siblings.
  custval.locals = () => nodes.map((node) => node.local);

  // One part's local weight changed, its siblings keeping their proportions.
  custval.changed = (locals, part, weight) => {
    const siblings = nodes[nodes[part].parent].children.filter((child) => child !== part);
    const rest = siblings.reduce((sum, child) => sum + locals[child], 0);
    const other = [...locals];
    other[part] = weight;
    for (const child of siblings) {
      other[child] = rest > 0 ? (locals[child] / rest) * (1 - weight) : (1 - weight) / siblings.length;
    }
    return other;
  };

  // The values of a customer at the clustered parts. Siblings carry the weight of what has no score.
  const valuesOf = (locals, scores) => {
    const values = new Array(nodes.length).fill(0);
    const isScored = (at) =>
      nodes[at].leaf === null ? nodes[at].children.some(isScored) : scores[nodes[at].leaf] !== null;
    const fill = (at, carried) => {
      if (nodes[at].leaf !== null) return (values[at] = carried * scores[nodes[at].leaf]);
      const there = nodes[at].children.filter(isScored);
      const total = there.reduce((sum, child) => sum + locals[child], 0);
      return (values[at] = there.reduce(
        (sum, child) => sum + fill(child, total > 0 ? (carried * locals[child]) / total : 0),
        0,
      ));
    };
    fill(0, 1);
    return values;
  };

  const weightsOf = (locals) => {
    const global = [];
    nodes.forEach((node, at) => {
      global[at] = node.parent === null ? 1 : global[node.parent] * locals[at];
    });
    return leaves.map((leaf) => global[leaf]);
  };

  // For each customer its place in the units clustered.
  const placesOf = (locals) => {
    const scores = custval.scores();
    const below = clusters.parts.map((part) => leavesBelow(part));
    const weights = weightsOf(locals);
    return scores.map((row) => {
      if (row.some((score) => score === null)) {
        const values = valuesOf(locals, row);
        return clusters.parts.map((part, v) => values[part] / clusters.scaling[v].divisor);
      }
      return below.map(
        (places, v) =>
          places.reduce((sum, at) => sum + weights[at] * row[at], 0) / clusters.scaling[v].divisor,
      );
    });
  };

  const leavesBelow = (part) => {
    const isBelow = (at) => at === part || (nodes[at].parent !== null && isBelow(nodes[at].parent));
    return leaves.map((leaf, at) => (isBelow(leaf) ? at : -1)).filter((at) => at >= 0);
  };

  const distance = (a, b) => a.reduce((sum, x, at) => sum + (x - b[at]) ** 2, 0);

  // For each customer the place of its class, by the centres that follow from these weights.
  custval.classesUnder = (locals) => {
    const places = placesOf(locals);
    const d = clusters.parts.length;
    let centres = clusters.fixed;
    if (!centres) {
      const sums = clusters.classes.map(() => new Array(d).fill(0));
      const counts = clusters.classes.map(() => 0);
      custval.data.customers.cluster.forEach((cluster, who) => {
        if (cluster === null) return;
        counts[cluster - 1] += 1;
        places[who].forEach((x, v) => (sums[cluster - 1][v] += x));
      });
      centres = sums.map((sum, at) => sum.map((x) => x / counts[at]));
    }
    const chosen = centres.map((_, at) => at).filter((at) => clusters.classes[at] !== null);
    const filled = chosen.filter((at) => centres[at].every(Number.isFinite));
    return places.map((place) => {
      let nearest = [Infinity, null];
      for (const at of filled) {
        const away = distance(place, centres[at]);
        if (away < nearest[0]) nearest = [away, clusters.classes[at]];
      }
      return nearest[1];
    });
  };
}
