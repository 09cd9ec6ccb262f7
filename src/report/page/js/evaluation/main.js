// The page: the answer first, then what it rests on.
{
  const { el, word, data } = custval;
  const { customers } = data;

  const top = () => data.classes.reduce((best, one, at) => (one.size > 0 && (best === null || one.value / one.size > data.classes[best].value / data.classes[best].size) ? at : best), null);

  const answer = () => {
    const all = customers.name.length;
    const best = top();
    const total = data.parts[0].values.reduce((sum, value) => sum + value, 0);
    const sentence =
      best === null
        ? word("finding_none", { all: custval.number(all) })
        : word("finding", {
            size: custval.number(data.classes[best].size),
            all: custval.number(all),
            class: custval.within(data.classes[best].name),
            share: custval.percent(data.classes[best].share, 1),
          });
    const money = customers.money?.reduce((sum, one) => sum + (one ?? 0), 0);
    const risk = data.migration?.money.at_risk;
    const figures = [
      [custval.number(all), word("customers")],
      money === undefined
        ? [custval.number(total, 1), word("value_in_all")]
        : [custval.number(money), word("money_in_all")],
      [best === null ? "–" : custval.percent(data.classes[best].share, 1), best === null ? "" : word("share_with", { class: custval.within(data.classes[best].name) })],
      risk === undefined
        ? [custval.number(customers.kept.filter((share) => share < 0.9).length), word("not_firm")]
        : [custval.number(risk), word("at_risk_since", { amount: custval.within(word(data.migration.amount)) })],
    ];
    return custval.answer(sentence, figures, classes());
  };

  const classes = () =>
    custval.smallTable(
      [
        { title: word("class"), cell: (at) => custval.badge(at) },
        { title: word("customers"), number: true, cell: (at) => custval.number(data.classes[at].size) },
        { title: word("share_of_value"), number: true, cell: (at) => custval.percent(data.classes[at].share, 1) },
        { title: word("meaning"), cell: (at) => el("span", { class: "prose" }, data.classes[at].reading) },
        { title: word("what_to_do"), cell: (at) => el("span", { class: "prose" }, data.classes[at].strategy) },
      ],
      data.classes.map((_, at) => at),
      word("classes"),
    );

  const sections = () =>
    [
      answer(),
      el(
        "section",
        { id: "matrix" },
        el("h2", {}, word("where")),
        custval.figured("value-matrix"),
        custval.figured("class-profiles"),
      ),
      custval.customersSection(),
      custval.weightsSection(),
      custval.sureSection(),
      custval.headingSection(),
      custval.planSection(),
      custval.methodSection(),
    ];

  custval.show(sections);
}
