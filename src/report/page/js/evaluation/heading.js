// Where customers are heading since the period before.
{
  const { el, word, data } = custval;

  custval.figures.migration = () => {
    const found = data.migration;
    if (!found) return null;
    const { rows, columns, customers } = found.matrix;
    const names = { from: rows.map(custval.standing), to: columns.map(custval.standing) };
    const [before, after] = data.periods.slice(-2);
    const flows = [];
    customers.forEach((row, from) =>
      row.forEach((count, to) => {
        if (count > 0) flows.push({ from, to, count, before: found.money.before[from][to], after: found.money.after[from][to] });
      }),
    );
    const colourOf = (code) => {
      const place = custval.classOf(code);
      return place < 0 ? custval.colour("quiet") : custval.classColour(place);
    };
    const nodeName = (side, at) => `${side === "from" ? before : after} · ${names[side][at]}`;
    const amount = custval.within(word(found.amount));
    return {
      title: word("migration", { before, after }),
      note: word("migration_note", { amount, risk: custval.number(found.money.at_risk, 2) }),
      height: 440,
      option: () => ({
        tooltip: {
          trigger: "item",
          formatter: ({ dataType, data: flow }) =>
            dataType === "edge"
              ? el(
                  "div",
                  {},
                  `${flow.source} → ${flow.target}`,
                  el("br"),
                  `${word("customers")}: ${custval.number(flow.value)}`,
                  el("br"),
                  `${amount}: ${custval.number(flow.before, 2)} → ${custval.number(flow.after, 2)}`,
                )
              : el("div", {}, flow.name),
        },
        series: [
          {
            type: "sankey",
            left: 16,
            right: 230,
            layoutIterations: 0,
            top: 16,
            bottom: 16,
            nodeGap: 14,
            draggable: false,
            label: { color: custval.colour("ink") },
            lineStyle: { color: "source", opacity: 0.3 },
            data: [
              ...rows.map((code, at) => ({ name: nodeName("from", at), depth: 0, itemStyle: { color: colourOf(code) } })),
              ...columns.map((code, at) => ({ name: nodeName("to", at), depth: 1, itemStyle: { color: colourOf(code) } })),
            ].filter(({ name }) => flows.some((flow) => nodeName("from", flow.from) === name || nodeName("to", flow.to) === name)),
            links: flows.map((flow) => ({
              source: nodeName("from", flow.from),
              target: nodeName("to", flow.to),
              value: flow.count,
              before: flow.before,
              after: flow.after,
            })),
          },
        ],
      }),
      table: () => custval.smallTable(
        [
          { title: word("from"), cell: (at) => names.from[at] },
          ...names.to.map((name, to) => ({ title: name, number: true, cell: (at) => custval.number(customers[at][to]) })),
        ],
        rows.map((_, at) => at),
        word("migration", { before, after }),
      ),
    };
  };

  custval.headingSection = () => {
    if (!data.migration) return null;
    const falls = data.moves.filter((one) => one.money_at_risk > 0).slice(0, 20);
    return el(
      "section",
      { id: "heading" },
      el("h2", {}, word("heading")),
      custval.figured("migration"),
      falls.length > 0
        ? custval.smallTable(
            [
              { title: word("customer"), cell: (one) => el("span", { dir: "auto" }, one.customer) },
              { title: word("from"), cell: (one) => custval.standing(one.from) },
              { title: word("to"), cell: (one) => custval.standing(one.to) },
              { title: word("at_risk"), number: true, cell: (one) => custval.number(one.money_at_risk, 2) },
            ],
            falls,
            word("largest_falls"),
          )
        : null,
    );
  };
}
