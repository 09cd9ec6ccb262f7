// What the classes are like: the mean score of each on each indicator.
{
  const { word, data } = custval;
  const { nodes, leaves } = data;

  custval.figures["class-profiles"] = () => {
    const classes = data.classes.filter((one) => one.size > 0);
    const rows = leaves.map((leaf, at) => ({ node: nodes[leaf], at })).reverse();
    const cells = classes.flatMap((one, column) => rows.map(({ at }, row) => [column, row, one.means[at]]));
    const known = cells.map((cell) => cell[2]).filter((mean) => mean !== null);
    const title = word("class_profiles");
    const left = () => Math.min(300, innerWidth * 0.45);
    const room = () => (Math.min(1140, innerWidth - 24) - left() - 16) / classes.length - 4;
    return {
      title,
      note: word("class_profiles_note"),
      height: 80 + 26 * rows.length,
      option: () => ({
        grid: { left: left(), right: 16, top: 8, bottom: 56 },
        tooltip: {
          formatter: ({ data: [column, row, mean] }) =>
            custval.el(
              "div",
              {},
              custval.el("strong", {}, classes[column].name),
              custval.el("br"),
              `${rows[row].node.code} ${rows[row].node.name}: ${custval.number(mean, 3)}`,
            ),
        },
        xAxis: custval.axis("", {
          type: "category",
          data: classes.map((one) => one.name),
          splitLine: { show: false },
          axisLabel: { color: custval.colour("quiet"), interval: 0, fontSize: room() < 70 ? 9 : 12, width: room(), overflow: "break" },
        }),
        yAxis: custval.axis("", {
          type: "category",
          data: rows.map(({ node }) => `${node.code} ${node.name}`),
          splitLine: { show: false },
          axisLabel: { color: custval.colour("quiet"), width: left() - 16, overflow: "truncate" },
        }),
        visualMap: {
          show: false,
          min: Math.min(...known),
          max: Math.max(...known),
          inRange: { color: custval.shades() },
        },
        series: [
          {
            type: "heatmap",
            data: cells.map(([column, row, mean]) => [column, row, mean ?? "-"]),
            itemStyle: { borderColor: custval.colour("paper"), borderWidth: 2 },
            label: { show: true, color: custval.colour("ink"), formatter: ({ data: [, , mean] }) => custval.number(mean, 2) },
          },
        ],
      }),
      table: () =>
        custval.smallTable(
          [
            { title: word("indicator"), cell: ({ node }) => `${node.code} ${node.name}` },
            ...classes.map((one) => ({ title: one.name, number: true, cell: ({ at }) => custval.number(one.means[at], 3) })),
          ],
          [...rows].reverse(),
          title,
        ),
    };
  };
}
