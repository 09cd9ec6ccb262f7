// The segments: recency against frequency, how large each segment is, what it is like.
{
  const { el, word, data } = custval;

  const nameOf = (letter) => data.letters.find((one) => one.letter === letter).name;

  custval.segmentBadge = (place) =>
    place === null ? word("no_segment") : data.segments[place].segment;

  custval.segmentsSection = () =>
    el(
      "section",
      { id: "segments" },
      el("h2", {}, word("segments")),
      custval.figured("recency-frequency"),
      custval.figured("segments"),
    );

  custval.figures["recency-frequency"] = () => {
    if (!data.grid) return null;
    const { rows, columns, cells } = data.grid;
    const { row: height, column: width } = cells.at(-1);
    const across = cells.slice(0, width).map((cell) => `${columns} ${cell.column}`);
    const down = Array.from({ length: height }, (_, at) => `${rows} ${at + 1}`);
    const names = { rows: nameOf(rows), columns: nameOf(columns) };
    const title = word("grid", { rows: names.rows, columns: custval.within(names.columns) });
    const room = Math.floor((Math.min(1140, innerWidth - 24) - 70) / width) - 8;
    return {
      title,
      note: word("grid_note", { rows: custval.within(names.rows), columns: custval.within(names.columns) }),
      height: 90 + 78 * height,
      option: () => ({
        grid: { left: 56, right: 16, top: 12, bottom: 56 },
        tooltip: {
          formatter: ({ data: [column, row] }) => {
            const cell = cells[row * width + column];
            return el(
              "div",
              {},
              el("strong", {}, `${down[row]} · ${across[column]}`),
              ...(cell.segment ? [el("br"), cell.segment] : []),
              el("br"),
              `${word("customers")}: ${custval.number(cell.customers)}`,
              el("br"),
              `${word("money")}: ${custval.number(cell.money, 2)}`,
            );
          },
        },
        xAxis: custval.axis(names.columns, { type: "category", data: across, splitLine: { show: false } }),
        yAxis: custval.axis("", { type: "category", data: down, splitLine: { show: false } }),
        visualMap: {
          show: false,
          min: 0,
          max: cells.reduce((most, cell) => Math.max(most, cell.customers), 1),
          inRange: { color: custval.shades() },
        },
        series: [
          {
            type: "heatmap",
            data: cells.map((cell) => [cell.column - 1, cell.row - 1, cell.customers]),
            itemStyle: { borderColor: custval.colour("paper"), borderWidth: 2 },
            label: {
              show: true,
              color: custval.colour("ink"),
              fontSize: 11,
              lineHeight: 15,
              width: room,
              overflow: "truncate",
              formatter: ({ data: [column, row] }) => {
                const cell = cells[row * width + column];
                const lines = [custval.number(cell.customers), custval.money(cell.money)];
                return [...lines, ...(cell.segment ? [cell.segment] : [])].join("\n");
              },
            },
          },
        ],
      }),
      table: () => custval.smallTable(
        [
          { title: names.rows, number: true, cell: (cell) => custval.number(cell.row) },
          { title: names.columns, number: true, cell: (cell) => custval.number(cell.column) },
          { title: word("customers"), number: true, cell: (cell) => custval.number(cell.customers) },
          { title: word("money"), number: true, cell: (cell) => custval.number(cell.money, 2) },
          { title: word("segment"), cell: (cell) => cell.segment ?? "" },
        ],
        [...cells].reverse(),
        title,
      ),
    };
  };

  custval.figures.segments = () => {
    if (data.segments.length === 0) return null;
    const own = data.segments.filter((one) => one.customers > 0);
    const richest = own.reduce((most, one) => Math.max(most, one.mean_monetary ?? 0), 1e-9);
    return {
      title: word("segments_by_size"),
      note: word("segments_note"),
      height: 420,
      option: () => ({
        tooltip: {
          formatter: ({ data: { one } }) =>
            one === undefined
              ? ""
              : el(
                  "div",
                  {},
                  el("strong", {}, one.segment),
                  el("br"),
                  `${word("customers")}: ${custval.number(one.customers)} (${custval.percent(one.share)})`,
                  el("br"),
                  `${word("money")}: ${custval.number(one.money, 2)} (${custval.percent(one.money_share)})`,
                ),
        },
        series: [
          {
            type: "treemap",
            left: 0,
            right: 0,
            top: 0,
            bottom: 0,
            roam: false,
            nodeClick: false,
            breadcrumb: { show: false },
            visualDimension: 1,
            visualMin: 0,
            visualMax: richest,
            colorMappingBy: "value",
            levels: [{ color: custval.shades(), itemStyle: { gapWidth: 3, borderWidth: 0, borderColor: custval.colour("paper") } }],
            label: {
              color: custval.colour("ink"),
              overflow: "truncate",
              lineHeight: 18,
              formatter: ({ data: { one } }) =>
                [one.segment, `${custval.number(one.customers)} · ${custval.percent(one.money_share)}`].join("\n"),
            },
            data: own.map((one) => ({ name: one.segment, value: [one.customers, one.mean_monetary ?? 0], one })),
          },
        ],
      }),
      table: () => custval.smallTable(
        [
          { title: word("segment"), cell: (one) => one.segment },
          { title: word("customers"), number: true, cell: (one) => custval.number(one.customers) },
          { title: word("share"), number: true, cell: (one) => custval.percent(one.share) },
          { title: word("money"), number: true, cell: (one) => custval.number(one.money, 2) },
          { title: word("share_of_money"), number: true, cell: (one) => custval.percent(one.money_share) },
          { title: word("mean_recency"), number: true, cell: (one) => custval.number(one.mean_recency_days, 1) },
          { title: word("mean_orders"), number: true, cell: (one) => custval.number(one.mean_frequency, 1) },
          { title: word("mean_money"), number: true, cell: (one) => custval.number(one.mean_monetary, 2) },
        ],
        data.segments,
        word("segments"),
      ),
    };
  };
}
