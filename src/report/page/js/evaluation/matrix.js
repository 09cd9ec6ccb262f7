// The value matrix: customers in the plane of two parts, with the regions of the classes.
{
  const { el, word, data } = custval;
  const { customers, axes, clusters } = data;
  const MOST_NAMED = 120;
  const MANY = 3000;
  const MOST_TAILS = 60;

  // The region of each cluster in the plane: the points nearer to its centre than to any other. The
  // difference of two squared distances is linear, so that a region is cut out by straight lines.
  const regions = (box) => {
    const lines = clusters.plane;
    if (!lines) return [];
    const cut = (polygon, [a, b, c]) => {
      // Keeps a·x + b·y + c ≤ 0.
      const side = ([x, y]) => a * x + b * y + c;
      const kept = [];
      polygon.forEach((point, at) => {
        const next = polygon[(at + 1) % polygon.length];
        const [here, there] = [side(point), side(next)];
        if (here <= 0) kept.push(point);
        if (here < 0 !== there < 0 && here !== there) {
          const share = here / (here - there);
          kept.push([point[0] + share * (next[0] - point[0]), point[1] + share * (next[1] - point[1])]);
        }
      });
      return kept;
    };
    // D(x, y) − (what all share) = p·x + q·y + r, for each cluster with a class.
    return lines
      .map((own, at) => {
        if (own === null) return null;
        let polygon = [
          [box[0], box[2]],
          [box[1], box[2]],
          [box[1], box[3]],
          [box[0], box[3]],
        ];
        lines.forEach((other, place) => {
          if (place !== at && other !== null && polygon.length > 0) {
            polygon = cut(polygon, own.map((one, i) => one - other[i]));
          }
        });
        return { class: clusters.classes[at], polygon };
      })
      .filter((region) => region !== null && region.polygon.length > 2);
  };

  const extent = (values) => {
    let [least, most] = [Infinity, -Infinity];
    for (const value of values) {
      if (value < least) least = value;
      if (value > most) most = value;
    }
    const room = (most - least || 1) * 0.08;
    return [least - room, most + room];
  };

  const size = () => {
    const count = customers.name.length;
    const base = count > 300 ? 8 : 12;
    if (!customers.money) return () => base;
    const most = customers.money.reduce((most, money) => Math.max(most, money ?? 0), 1e-9);
    return (who) => 6 + 22 * Math.sqrt(Math.max(customers.money[who] ?? 0, 0) / most);
  };

  // Who has a tail to where it stood before: everyone while that can be read, then those who changed class.
  const tailed = () => {
    if (!customers.stood || customers.name.length > MANY) return [];
    const all = customers.name.map((_, who) => who).filter((who) => customers.stood[who] !== null);
    if (all.length <= MOST_TAILS) return all;
    const moved = new Set(data.moves.map((one) => one.customer));
    return all.filter((who) => moved.has(customers.name[who]));
  };

  const describe = (who) =>
    el(
      "div",
      {},
      el("strong", {}, customers.name[who]),
      el("br"),
      custval.className(customers.class[who]),
      ...axes.flatMap((axis) => [
        el("br"),
        `${axis.name}: ${custval.number(axis.values[who], 3)}`,
      ]),
      ...(customers.money
        ? [el("br"), `${word("money")}: ${custval.number(customers.money[who], 2)}`]
        : []),
    );

  custval.figures["value-matrix"] = () => {
    if (axes.length !== 2) return null;
    const [x, y] = axes.map((axis) => axis.values);
    const tails = tailed();
    const among = (axis) => tails.map((who) => customers.stood[who][axis]);
    const box = [...extent([...x, ...among(0)]), ...extent([...y, ...among(1)])];
    const ringed = new Set(data.disagreements.filter((one) => Math.abs(one.difference) >= 1).map((one) => one.customer));
    const option = () => {
      const sizeOf = size();
      const named = customers.name.length <= MOST_NAMED;
      const series = [];
      const areas = regions(box);
      series.push({
        type: "custom",
        name: "regions",
        silent: true,
        clip: true,
        tooltip: { show: false },
        data: areas.map((_, at) => at),
        renderItem: (_, api) => {
          const region = areas[api.value(0)];
          return {
            type: "polygon",
            shape: { points: region.polygon.map((point) => api.coord(point)) },
            style: { fill: custval.classColour(region.class), opacity: 0.1 },
          };
        },
        z: 0,
      });
      data.classes.forEach((one, place) => {
        const members = [];
        customers.class.forEach((own, who) => {
          if (own === place) members.push(who);
        });
        if (members.length === 0) return;
        if (customers.name.length > MANY) {
          series.push({
            type: "scatter",
            name: one.name,
            large: true,
            largeThreshold: 500,
            symbolSize: 3,
            itemStyle: { color: custval.classColour(place), opacity: 0.35 },
            data: members.map((who) => [x[who], y[who]]),
            silent: true,
          });
          return;
        }
        series.push({
          type: "scatter",
          name: one.name,
          symbol: custval.shape(place),
          itemStyle: { color: custval.classColour(place), opacity: 0.85 },
          data: members.map((who) => ({
            value: [x[who], y[who]],
            who,
            symbolSize: sizeOf(who),
            itemStyle: ringed.has(customers.name[who])
              ? { borderColor: custval.colour("ink"), borderWidth: 2 }
              : undefined,
          })),
          label: {
            show: named,
            position: "right",
            color: custval.colour("quiet"),
            fontSize: 10,
            formatter: ({ data: point }) => shortened(customers.name[point.who]),
          },
          labelLayout: { hideOverlap: true, moveOverlap: "shiftY" },
          emphasis: { focus: "self" },
        });
      });
      if (tails.length > 0) {
        series.push({
          type: "custom",
          name: word("stood_before", { period: data.periods.at(-2) }),
          silent: true,
          clip: true,
          itemStyle: { color: custval.colour("quiet") },
          tooltip: { show: false },
          data: tails.map((_, at) => at),
          z: 1,
          renderItem: (_, api) => {
            const who = tails[api.value(0)];
            const stroke = custval.classColour(customers.class[who] ?? 0);
            const [from, to] = [customers.stood[who], [x[who], y[who]]].map((point) => api.coord(point));
            return {
              type: "group",
              children: [
                {
                  type: "line",
                  shape: { x1: from[0], y1: from[1], x2: to[0], y2: to[1] },
                  style: { stroke, lineWidth: 1.2, opacity: 0.6, lineDash: [4, 3] },
                },
                {
                  type: "circle",
                  shape: { cx: from[0], cy: from[1], r: 2.5 },
                  style: { fill: custval.colour("paper"), stroke, lineWidth: 1.2 },
                },
              ],
            };
          },
        });
      }
      series.push({
        type: "scatter",
        name: word("centres"),
        symbol: "path://M-1,-5H1V-1H5V1H1V5H-1V1H-5V-1H-1Z",
        symbolSize: 16,
        itemStyle: { color: custval.colour("ink") },
        data: clusters.centres_in_plane,
        tooltip: { show: false },
        z: 5,
      });
      return {
        grid: { left: 64, right: named ? 72 : 24, top: 44, bottom: 56 },
        legend: {
          top: 4,
          textStyle: { color: custval.colour("ink") },
          data: series.map((one) => one.name).filter((name) => name !== "regions"),
        },
        tooltip: { trigger: "item", formatter: ({ data: point }) => (point?.who === undefined ? "" : describe(point.who)) },
        xAxis: custval.axis(axes[0].name, { type: "value", min: box[0], max: box[1], axisLabel: rounded() }),
        yAxis: custval.axis(axes[1].name, { type: "value", min: box[2], max: box[3], axisLabel: rounded() }),
        dataZoom: [
          { type: "inside", xAxisIndex: 0, filterMode: "none" },
          { type: "inside", yAxisIndex: 0, filterMode: "none" },
        ],
        series,
      };
    };
    const rounded = () => ({
      color: custval.colour("quiet"),
      hideOverlap: true,
      showMinLabel: false,
      showMaxLabel: false,
      formatter: (value) => custval.number(value, 2),
    });
    const shortened = (name) => (name.length > 24 ? `${name.slice(0, 23)}…` : name);
    const notes = [word("matrix_note", { x: axes[0].name, y: axes[1].name })];
    if (clusters.plane) notes.push(word("matrix_regions"));
    if (customers.money) notes.push(word("matrix_size"));
    if (tails.length > 0) notes.push(word("matrix_tail", { period: data.periods.at(-2) }));
    if (ringed.size > 0) notes.push(word("matrix_ring"));
    return {
      title: word("value_matrix"),
      note: notes.join(" "),
      height: 560,
      many: customers.name.length > MANY,
      option,
      table: () => custval.smallTable(
        [
          { title: word("class"), cell: (one) => custval.badge(one) },
          { title: axes[0].name, number: true, cell: (one) => custval.number(centre(one, 0), 3) },
          { title: axes[1].name, number: true, cell: (one) => custval.number(centre(one, 1), 3) },
        ],
        data.classes.map((_, place) => place).filter((place) => data.classes[place].size > 0),
        word("means_by_class"),
      ),
      onclick: ({ data: point }) => {
        if (point?.who !== undefined) custval.openCard(point.who);
      },
    };
  };

  const centre = (place, axis) => {
    let [sum, count] = [0, 0];
    customers.class.forEach((own, who) => {
      if (own === place) {
        sum += axes[axis].values[who];
        count += 1;
      }
    });
    return count > 0 ? sum / count : null;
  };
}
