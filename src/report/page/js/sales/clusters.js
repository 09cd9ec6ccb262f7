// The customers clustered by all figures together, where that was asked for.
{
  const { el, word, data } = custval;

  custval.clustersSection = () => {
    const found = data.clusters;
    if (found === null) return null;
    return el(
      "section",
      { id: "clusters" },
      el("h2", {}, word("sales_clusters")),
      custval.smallTable(
        [
          { title: word("cluster"), number: true, cell: (one) => custval.number(one.cluster) },
          { title: word("customers"), number: true, cell: (one) => custval.number(one.customers) },
          ...found.names.map((_, at) => ({
            title: data.letters[at].name,
            number: true,
            cell: (one) => custval.number(one.means[at], 2),
          })),
          { title: word("money"), number: true, cell: (one) => custval.number(one.money, 2) },
        ],
        found.profiles,
        word("clusters_means"),
      ),
      custval.smallTable(
        [
          { title: word("variable"), cell: (at) => data.letters[at].name },
          { title: word("mean_square_between"), number: true, cell: (at) => custval.number(found.anova[at].between.ms, 3) },
          { title: word("df"), number: true, cell: (at) => custval.number(found.anova[at].between.df) },
          { title: word("mean_square_within"), number: true, cell: (at) => custval.number(found.anova[at].within.ms, 3) },
          { title: word("df"), number: true, cell: (at) => custval.number(found.anova[at].within.df) },
          { title: "F", number: true, cell: (at) => custval.number(found.anova[at].f, 3) },
          { title: word("significance"), number: true, cell: (at) => (found.anova[at].p === null ? "" : custval.probability(found.anova[at].p)) },
        ],
        found.anova.map((_, at) => at),
        word("anova"),
      ),
      el("p", { class: "quiet" }, word("anova_caveat")),
    );
  };
}
