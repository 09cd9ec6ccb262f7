// Who is in which class: the table of customers, and the card that explains one.
{
  const { el, word, data } = custval;
  const { customers, nodes, leaves } = data;

  const columns = () => [
    { title: word("rank"), number: true, key: (who) => customers.rank[who], cell: (who) => custval.number(customers.rank[who]) },
    custval.nameColumn(),
    {
      title: word("class"),
      order: true,
      key: (who) => customers.class[who] ?? -1,
      cell: (who) => custval.badge(customers.class[who]),
      text: (who) => custval.className(customers.class[who]),
    },
    ...data.parts.map((part) => ({
      title: part.name,
      number: true,
      key: (who) => part.values[who],
      cell: (who) => custval.number(part.values[who], 3),
    })),
    ...(customers.money
      ? [
          {
            title: word("money"),
            number: true,
            key: (who) => customers.money[who] ?? -Infinity,
            cell: (who) => custval.number(customers.money[who], 2),
          },
        ]
      : []),
    ...(data.draws > 0
      ? [
          {
            title: word("kept"),
            number: true,
            key: (who) => customers.kept[who],
            cell: (who) => custval.percent(customers.kept[who], 0),
          },
        ]
      : []),
  ];

  custval.customersSection = () =>
    custval.directory({
      heading: word("who"),
      note: word("who_note"),
      columns,
      groups: data.classes.map((one, at) => ({ label: () => custval.badge(at), size: one.size })),
      groupOf: (who) => customers.class[who],
    });

  // What explains a customer: contributions, firmness, heading, action.
  custval.card = (who) => {
    const name = customers.name[who];
    const scores = custval.scores()[who];
    const rows = leaves
      .map((leaf, at) => ({ node: nodes[leaf], score: scores[at], value: scores[at] === null ? null : nodes[leaf].global * scores[at] }))
      .sort((a, b) => (b.value ?? -1) - (a.value ?? -1));
    const most = Math.max(...rows.map((row) => row.value ?? 0), 1e-9);
    const bar = (value) =>
      el("span", { class: "bar", "aria-hidden": "true", style: `width:${(100 * (value ?? 0)) / most}%` });
    const planned = data.plan.customer.indexOf(name);
    const action = planned < 0 ? "" : data.plan.actions[data.plan.action[planned]];
    const move = data.moves.find((one) => one.customer === name);
    const shares = data.classes
      .map((one, at) => ({ at, share: customers.shares?.[at]?.[who] ?? 0 }))
      .filter((one) => one.share > 0)
      .sort((a, b) => b.share - a.share);
    const critical = customers.critical[who];
    return [
      el(
        "p",
        { class: "lead" },
        custval.badge(customers.class[who]),
        " · ",
        word("card_rank", { rank: custval.number(customers.rank[who]), all: custval.number(customers.name.length) }),
        " · ",
        `${data.parts[0].name} ${custval.number(data.parts[0].values[who], 3)}`,
        ...(customers.money ? [" · ", `${word("money")} ${custval.number(customers.money[who], 2)}`] : []),
      ),
      action === ""
        ? null
        : el("p", { class: "action" }, el("strong", {}, `${word("what_to_do")}: `), action),
      data.draws > 0
        ? el(
            "p",
            {},
            shares
              .map((one) =>
                word("in_share_of_draws", { class: custval.within(custval.className(one.at)), share: custval.percent(one.share, 1) }),
              )
              .join(word("semicolon")),
            critical
              ? ` ${word("critical", {
                  part: nodes[critical[0]].name,
                  from: custval.percent(critical[1], 1),
                  to: custval.percent(critical[2], 1),
                  class: custval.within(custval.className(critical[3])),
                })}`
              : null,
          )
        : null,
      move
        ? el(
            "p",
            {},
            word("moved", {
              from: custval.within(custval.standing(move.from)),
              to: custval.within(custval.standing(move.to)),
              before: data.periods.at(-2),
              after: data.periods.at(-1),
            }),
          )
        : null,
      el("h3", {}, word("what_makes_up")),
      el(
        "table",
        { class: "contributions" },
        el(
          "thead",
          {},
          el(
            "tr",
            {},
            el("th", { scope: "col" }, word("indicator")),
            el("th", { scope: "col", class: "number" }, word("score")),
            el("th", { scope: "col", class: "number" }, word("weight")),
            el("th", { scope: "col" }, word("contribution")),
          ),
        ),
        el(
          "tbody",
          {},
          rows.map((row) =>
            el(
              "tr",
              {},
              el("th", { scope: "row" }, `${row.node.code} ${row.node.name}`),
              el("td", { class: "number" }, custval.number(row.score, 2)),
              el("td", { class: "number" }, custval.percent(row.node.global, 1)),
              el("td", { class: "with-bar" }, bar(row.value), el("span", {}, custval.number(row.value, 3))),
            ),
          ),
        ),
      ),
    ];
  };

  custval.standing = (code) => {
    if (code === "new" || code === "lost") return word(code);
    const at = custval.classOf(code);
    return at < 0 ? code : custval.className(at);
  };
}
