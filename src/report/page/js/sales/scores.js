// What the scores mean: how each figure is spread over customers, and what each score holds.
{
  const { el, word, data } = custval;

  custval.scoresSection = () =>
    el(
      "section",
      { id: "scores-section" },
      el("h2", {}, word("scores")),
      el("p", {}, word("scores_note", { letters: data.letters.map((one) => one.letter).join(""), map: data.map ?? word("none") })),
      ...data.letters.map((one) => custval.figured(nameOf(one))),
      custval.smallTable(
        [
          { title: word("figure"), cell: ({ own }) => own.name },
          { title: word("score"), number: true, cell: ({ level }) => custval.number(level.score) },
          { title: word("customers"), number: true, cell: ({ level }) => custval.number(level.count) },
          { title: word("from_figure"), number: true, cell: ({ own, level }) => custval.number(level.min, custval.decimals(own.metric)) },
          { title: word("to_figure"), number: true, cell: ({ own, level }) => custval.number(level.max, custval.decimals(own.metric)) },
          { title: word("mean"), number: true, cell: ({ level }) => custval.number(level.mean, 2) },
          { title: word("median"), number: true, cell: ({ level }) => custval.number(level.quartiles?.[1], 2) },
        ],
        data.letters.flatMap((own) => own.levels.map((level) => ({ own, level }))),
        word("levels"),
      ),
      data.overall.length > 0
        ? el(
            "details",
            {},
            el("summary", {}, word("overall")),
            custval.smallTable(
              [
                { title: word("overall"), number: true, cell: (one) => custval.number(one.score) },
                { title: word("value"), cell: (one) => custval.term(one.value) },
                { title: word("loyalty"), cell: (one) => custval.term(one.loyalty) },
                { title: word("customers"), number: true, cell: (one) => custval.number(one.customers) },
                ...data.letters.map((own, at) => ({
                  title: own.name,
                  number: true,
                  cell: (one) => custval.number(one.means[at], 2),
                })),
              ],
              data.overall,
              word("overall"),
            ),
          )
        : null,
    );

  const nameOf = (own) => `distribution-${own.letter.toLowerCase()}`;
  for (const own of data.letters) custval.figures[nameOf(own)] = () => distribution(own);

  const distribution = (own) => {
    if (own.distribution === null) return null;
    const { from, width, counts, above } = own.distribution;
    const decimals = width < 1 ? Math.ceil(-Math.log10(width)) : 0;
    const edge = (at) => custval.number(from + at * width, decimals);
    const bars = counts.map((count, at) => ({ name: edge(at), range: `${edge(at)} – ${edge(at + 1)}`, count }));
    if (above > 0) bars.push({ name: `≥ ${edge(counts.length)}`, range: `≥ ${edge(counts.length)}`, count: above });
    return {
      title: word("distribution", { figure: custval.within(own.name) }),
      note: own.meaning,
      height: 260,
      option: () => ({
        grid: { left: 64, right: 24, top: 20, bottom: 56 },
        tooltip: { trigger: "axis", formatter: ([{ dataIndex }]) => el("div", {}, bars[dataIndex].range, el("br"), `${word("customers")}: ${custval.number(bars[dataIndex].count)}`) },
        xAxis: custval.axis(own.name, { type: "category", data: bars.map((bar) => bar.name) }),
        yAxis: custval.axis(word("customers"), { type: "value", nameGap: 46, minInterval: 1 }),
        series: [{ type: "bar", barCategoryGap: "8%", data: bars.map((bar) => bar.count), itemStyle: { color: custval.classColour(2) } }],
      }),
      table: () => custval.smallTable(
        [
          { title: own.name, cell: (bar) => bar.range },
          { title: word("customers"), number: true, cell: (bar) => custval.number(bar.count) },
        ],
        bars,
        own.name,
      ),
    };
  };
}
