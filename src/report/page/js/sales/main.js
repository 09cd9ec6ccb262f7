// The page of an analysis of sales: the answer first, then what it rests on.
{
  const { el, word, data } = custval;
  const { concentration, tables } = data;

  custval.localise = () => {
    const { translate, term } = custval;
    const said = (one, key) => {
      translate(one, key);
      translate(one, key, term(one[key]));
    };
    said(data, "title");
    said(data, "reference");
    for (const one of data.letters) for (const key of ["name", "meaning"]) said(one, key);
    for (const one of data.segments) for (const key of ["segment", "description", "action"]) said(one, key);
    for (const cell of data.grid?.cells ?? []) if (cell.segment) said(cell, "segment");
    for (const one of data.metrics) for (const key of ["title", "definition"]) said(one, key);
    data.description = word("sales_description", {
      first: custval.date(data.first),
      last: custval.date(data.last),
      as_of: custval.date(data.as_of),
    });
  };

  const answer = () => {
    const money = data.ledger.ledger.money_used;
    const best = concentration.top.find(([share]) => share === 0.2);
    const silent = tables.extents.find((extent) => extent.list === "win_back");
    const hasSilent = silent !== undefined && silent.customers > 0;
    const all = custval.number(data.all_customers);
    const sentence = [
      best
        ? word("sales_finding", { all, best: custval.percent(best[0], 0), money: custval.percent(best[1]) })
        : word("sales_finding_none", { all }),
      ...(hasSilent
        ? [word("sales_finding_silent", { customers: custval.number(silent.customers), money: custval.money(silent.money) })]
        : []),
    ].join(custval.state.language === "zh" ? "" : " ");
    const figures = [
      [all, word("customers")],
      [custval.money(money), word("money_in_all")],
      [best ? custval.percent(best[1]) : "–", word("share_of_best", { best: custval.percent(0.2, 0) })],
      hasSilent
        ? [custval.money(silent.money), word("money_to_win_back")]
        : [custval.number(concentration.gini, 3), word("gini")],
    ];
    return custval.answer(sentence, figures, data.segments.length > 0 ? segments() : null);
  };

  const segments = () =>
    custval.smallTable(
      [
        { title: word("segment"), cell: (one) => one.segment },
        { title: word("customers"), number: true, cell: (one) => custval.number(one.customers) },
        { title: word("share_of_money"), number: true, cell: (one) => custval.percent(one.money_share) },
        { title: word("meaning"), cell: (one) => el("span", { class: "prose" }, one.description) },
        { title: word("what_to_do"), cell: (one) => el("span", { class: "prose" }, one.action) },
      ],
      data.segments,
      word("segments"),
    );

  custval.show(() => [
    answer(),
    custval.segmentsSection(),
    custval.customersSection(),
    custval.listsSection(),
    custval.spreadSection(),
    custval.scoresSection(),
    custval.calendarSection(),
    custval.goodsSection(),
    custval.clustersSection(),
    custval.methodSection(),
  ]);
}
