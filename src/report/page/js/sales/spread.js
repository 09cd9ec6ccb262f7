// How unevenly money is spread: the Lorenz curve, the tiers, and what moving up would bring.
{
  const { el, word, data } = custval;
  const { concentration, tables } = data;

  custval.spreadSection = () =>
    el(
      "section",
      { id: "spread" },
      el("h2", {}, word("spread")),
      concentration.gini === null ? null : el("p", {}, sentence()),
      custval.figured("lorenz"),
      custval.smallTable(
        [
          { title: word("tier"), cell: (one) => one.tier },
          { title: word("customers"), number: true, cell: (one) => custval.number(one.customers) },
          { title: word("share"), number: true, cell: (one) => custval.percent(one.customer_share) },
          { title: word("money"), number: true, cell: (one) => custval.number(one.money, 2) },
          { title: word("share_of_money"), number: true, cell: (one) => custval.percent(one.money_share) },
          { title: word("least_money"), number: true, cell: (one) => custval.number(one.from, 2) },
        ],
        tables.tiers,
        word("tiers"),
      ),
      tables.upgrades.length > 0
        ? custval.smallTable(
            [
              { title: word("tier"), cell: (one) => one.tier },
              { title: word("to_tier"), cell: (one) => one.to },
              { title: word("candidates"), number: true, cell: (one) => custval.number(one.candidates) },
              { title: word("lacking"), number: true, cell: (one) => custval.number(one.gap, 2) },
              { title: word("assumed_rate"), number: true, cell: (one) => custval.percent(one.rate, 0) },
              { title: word("uplift"), number: true, cell: (one) => custval.number(one.uplift, 2) },
            ],
            tables.upgrades,
            word("upgrades"),
          )
        : null,
    );

  const sentence = () =>
    word("spread_sentence", {
      tops: custval.list(
        concentration.top.map(([best, money]) => word("top_share", { best: custval.percent(best, 0), money: custval.percent(money) })),
      ),
      gini: custval.number(concentration.gini, 3),
    });

  custval.figures.lorenz = () =>
    concentration.lorenz.length > 1 && {
      title: word("lorenz"),
      note: word("lorenz_note", { gini: custval.number(concentration.gini, 3) }),
      height: 420,
      option: () => {
        const share = { formatter: (value) => custval.percent(value, 0), color: custval.colour("quiet") };
        return {
          grid: { left: 64, right: 24, top: 44, bottom: 56 },
          legend: { top: 4, textStyle: { color: custval.colour("ink") } },
          tooltip: { trigger: "axis", valueFormatter: (value) => custval.percent(value) },
          xAxis: custval.axis(word("poorest_customers"), { type: "value", min: 0, max: 1, axisLabel: share }),
          yAxis: custval.axis(word("share_of_money"), { type: "value", min: ({ min }) => (min < -0.02 ? null : 0), max: 1, nameGap: 46, axisLabel: share }),
          series: [
            {
              type: "line",
              name: word("lorenz"),
              showSymbol: false,
              data: concentration.lorenz,
              lineStyle: { width: 3 },
              itemStyle: { color: custval.classColour(2) },
              areaStyle: { opacity: 0.1 },
            },
            {
              type: "line",
              name: word("equal_shares"),
              showSymbol: false,
              data: [[0, 0], [1, 1]],
              lineStyle: { type: "dashed", width: 1.5 },
              itemStyle: { color: custval.colour("quiet") },
            },
          ],
        };
      },
      table: () => custval.smallTable(
        [
          { title: word("poorest_customers"), number: true, cell: ([customers]) => custval.percent(customers) },
          { title: word("share_of_money"), number: true, cell: ([, money]) => custval.percent(money) },
        ],
        concentration.lorenz,
        word("lorenz"),
      ),
    };
}
