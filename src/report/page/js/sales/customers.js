// Who they are: the directory of customers, and the card that explains one.
{
  const { el, word, data } = custval;
  const { customers } = data;

  const figure = (metric) => custval.scores()[metric];
  const COUNTS = ["recency_days", "recency_24h", "orders", "lines", "active_days", "tenure_days", "span_days", "products"];
  custval.decimals = (metric) => (COUNTS.includes(metric) ? 0 : 2);
  const { decimals } = custval;

  const columns = () => [
    custval.nameColumn(),
    ...(data.segments.length > 0
      ? [{ title: word("segment"), key: (who) => custval.segmentBadge(customers.segment[who]), cell: (who) => custval.segmentBadge(customers.segment[who]) }]
      : []),
    { title: word("score_code"), key: (who) => customers.code[who] ?? "", cell: (who) => customers.code[who] ?? "–" },
    ...data.letters
      .filter((one) => figure(one.metric))
      .map((one) => ({
        title: one.name,
        number: true,
        isMoney: one.metric === "monetary",
        key: (who) => figure(one.metric)[who] ?? -Infinity,
        cell: (who) => custval.number(figure(one.metric)[who], decimals(one.metric)),
      })),
    ...(data.letters.some((one) => one.metric === "monetary")
      ? []
      : [{ title: word("money"), number: true, isMoney: true, key: (who) => figure("monetary")[who], cell: (who) => custval.number(figure("monetary")[who], 2) }]),
    {
      title: word("weighted"),
      number: true,
      key: (who) => customers.weighted[who] ?? -Infinity,
      cell: (who) => custval.number(customers.weighted[who], 2),
    },
    { title: word("tier"), order: true, key: (who) => customers.tier[who], cell: (who) => data.tables.tiers[customers.tier[who]].tier, text: (who) => data.tables.tiers[customers.tier[who]].tier },
    { title: word("last_purchase"), key: (who) => customers.last[who] ?? "", cell: (who) => custval.date(customers.last[who]) },
  ];

  custval.customersSection = () => {
    const few = customers.name.length < data.all_customers;
    const note = few
      ? word("sales_who_most", { shown: custval.number(customers.name.length), all: custval.number(data.all_customers) })
      : word("sales_who_note");
    return custval.directory({
      heading: word("sales_who"),
      note,
      columns,
      sort: { at: columns().findIndex((column) => column.isMoney), falling: true },
      groups: data.segments.map((one) => ({ label: () => one.segment, size: one.customers })),
      groupOf: (who) => customers.segment[who],
    });
  };

  custval.card = (who) => {
    const segment = customers.segment[who] === null ? null : data.segments[customers.segment[who]];
    return [
      el(
        "p",
        { class: "lead" },
        [
          segment === null ? word("no_segment") : segment.segment,
          ...(customers.code[who] === null ? [] : [`${data.letters.map((one) => one.letter).join("")} ${customers.code[who]}`]),
          `${word("tier")} ${data.tables.tiers[customers.tier[who]].tier}`,
        ].join(" · "),
      ),
      segment === null ? null : el("p", {}, segment.description),
      segment === null || segment.action === ""
        ? null
        : el("p", { class: "action" }, el("strong", {}, `${word("what_to_do")}: `), segment.action),
      customers.first[who] === null
        ? null
        : el("p", {}, word("bought_between", { first: custval.date(customers.first[who]), last: custval.date(customers.last[who]) })),
      custval.smallTable(
        [
          { title: word("figure"), cell: (one) => one.title },
          { title: word("this_customer"), number: true, cell: (one) => custval.number(figure(one.name)[who], decimals(one.name)) },
        ],
        data.metrics.filter((one) => figure(one.name) && figure(one.name)[who] !== null),
        word("figures"),
      ),
    ];
  };
}
