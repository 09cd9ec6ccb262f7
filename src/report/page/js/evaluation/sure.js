// How sure: firmness, the clusters, how many of them, and the analysis of variance.
{
  const { el, word, data } = custval;
  const { customers } = data;

  custval.sureSection = () =>
    el(
      "section",
      { id: "sure" },
      el("h2", {}, word("how_sure")),
      el("p", {}, data.draws > 0 ? firmSentence() : word("nothing_drawn")),
      custval.figured("firmness"),
      custval.figured("number-of-clusters"),
      data.anova.length > 0 ? anova() : null,
      data.history.length > 0 ? history() : null,
    );

  const firmSentence = () => {
    const firm = customers.kept.filter((share) => share >= 0.9).length;
    return word("firm_sentence", {
      firm: custval.number(firm),
      all: custval.number(customers.name.length),
      draws: custval.number(data.draws),
      seed: String(data.seed),
    });
  };

  const STEPS = 10;
  custval.figures.firmness = () => {
    if (data.draws === 0) return null;
    const counts = data.classes.map(() => new Array(STEPS).fill(0));
    customers.kept.forEach((share, who) => {
      const own = customers.class[who];
      if (own !== null) counts[own][Math.min(STEPS - 1, Math.floor(share * STEPS))] += 1;
    });
    const names = counts[0].map((_, at) => `${custval.percent(at / STEPS, 0)} – ${custval.percent((at + 1) / STEPS, 0)}`);
    return {
      title: word("firmness"),
      note: word("firmness_note"),
      height: 320,
      option: () => ({
        grid: { left: 56, right: 24, top: 44, bottom: 64 },
        legend: { top: 4, textStyle: { color: custval.colour("ink") } },
        tooltip: { trigger: "axis" },
        xAxis: custval.axis(word("kept_in"), { type: "category", data: names, nameGap: 40 }),
        yAxis: custval.axis(word("customers"), { type: "value", minInterval: 1 }),
        series: data.classes.map((one, place) => ({
          type: "bar",
          stack: "all",
          name: one.name,
          data: counts[place],
          itemStyle: { color: custval.classColour(place) },
        })),
      }),
      table: () => custval.smallTable(
        [
          { title: word("kept_in"), cell: (at) => names[at] },
          ...data.classes.map((one, place) => ({
            title: one.name,
            number: true,
            cell: (at) => custval.number(counts[place][at]),
          })),
        ],
        names.map((_, at) => at),
        word("firmness"),
      ),
    };
  };

  custval.figures["number-of-clusters"] = () =>
    data.k_choice.length > 1 && {
      title: word("how_many"),
      note: word("how_many_note"),
      height: 300,
      option: () => ({
        grid: { left: 64, right: 64, top: 44, bottom: 56 },
        legend: { top: 4, textStyle: { color: custval.colour("ink") } },
        tooltip: { trigger: "axis" },
        xAxis: custval.axis(word("clusters"), { type: "category", data: data.k_choice.map((one) => String(one.k)) }),
        yAxis: [
          custval.axis(word("sum_of_squares"), { type: "value", nameGap: 48 }),
          custval.axis(word("silhouette"), { type: "value", nameGap: 40, splitLine: { show: false } }),
        ],
        series: [
          { type: "line", name: word("sum_of_squares"), data: data.k_choice.map((one) => one.sse), itemStyle: { color: custval.classColour(2) }, symbol: "circle", symbolSize: 7 },
          { type: "line", name: word("silhouette"), yAxisIndex: 1, data: data.k_choice.map((one) => one.silhouette), itemStyle: { color: custval.classColour(1) }, symbol: "triangle", symbolSize: 9 },
        ],
      }),
      table: () => custval.smallTable(
        [
          { title: word("clusters"), number: true, cell: (one) => custval.number(one.k) },
          { title: word("sum_of_squares"), number: true, cell: (one) => custval.number(one.sse, 4) },
          { title: word("silhouette"), number: true, cell: (one) => custval.number(one.silhouette, 4) },
          { title: word("gap"), number: true, cell: (one) => custval.number(one.gap, 4) },
        ],
        data.k_choice,
        word("how_many"),
      ),
    };

  const anova = () =>
    el(
      "div",
      {},
      el("h3", {}, word("anova")),
      custval.smallTable(
        [
          { title: word("variable"), cell: (one) => one.name },
          { title: word("mean_square_between"), number: true, cell: (one) => custval.number(one.between, 3) },
          { title: word("df"), number: true, cell: (one) => custval.number(one.df_between) },
          { title: word("mean_square_within"), number: true, cell: (one) => custval.number(one.within, 3) },
          { title: word("df"), number: true, cell: (one) => custval.number(one.df_within) },
          { title: "F", number: true, cell: (one) => custval.number(one.f, 3) },
          { title: word("significance"), number: true, cell: (one) => (one.p === null ? "" : custval.probability(one.p)) },
          { title: "η²", number: true, cell: (one) => custval.number(one.eta_squared, 3) },
        ],
        data.anova,
        word("anova"),
      ),
      el("p", { class: "quiet" }, word("anova_caveat")),
    );

  const history = () =>
    el(
      "details",
      {},
      el("summary", {}, word("history")),
      custval.smallTable(
        [
          { title: word("iteration"), number: true, cell: (one) => custval.number(one.iteration) },
          ...data.history[0].moved.map((_, at) => ({
            title: word("cluster_n", { n: at + 1 }),
            number: true,
            cell: (one) => custval.number(one.moved[at], 4),
          })),
        ],
        data.history,
        word("history_note"),
      ),
    );
}
