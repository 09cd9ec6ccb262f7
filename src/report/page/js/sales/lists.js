// Whom to act on: the lists, each with how many belong in it.
{
  const { el, word, data } = custval;
  const { tables } = data;

  const lists = () => [
    { name: "best", title: word("list_best"), note: word("list_best_note") },
    { name: "win_back", title: word("list_win_back"), note: word("list_win_back_note") },
    { name: "at_risk", title: word("list_at_risk"), note: word("list_at_risk_note") },
    { name: "new", title: word("list_new"), note: word("list_new_note") },
    { name: "often_little", title: word("list_often_little"), note: word("list_often_little_note") },
  ];

  custval.listsSection = () => {
    const there = lists().filter(({ name }) => tables[name].length > 0);
    if (there.length === 0) return null;
    return el(
      "section",
      { id: "lists" },
      el("h2", {}, word("lists")),
      el("p", {}, word("lists_note")),
      ...there.map(list),
    );
  };

  const list = ({ name, title, note }) => {
    const all = tables.extents.find((extent) => extent.list === name);
    const shown = tables[name];
    return el(
      "details",
      { id: `list-${name}` },
      el("summary", {}, `${title}: ${word("list_extent", { customers: custval.number(all.customers), money: custval.money(all.money) })}`),
      el("p", { class: "quiet" }, note, shown.length < all.customers ? ` ${word("list_shown", { shown: custval.number(shown.length) })}` : ""),
      custval.smallTable(
        [
          { title: word("customer"), cell: (one) => el("a", { href: `#customer=${encodeURIComponent(one.customer)}`, dir: "auto" }, one.customer) },
          { title: word("score_code"), cell: (one) => one.code },
          { title: word("segment"), cell: (one) => custval.term(one.segment ?? "") },
          { title: word("recency"), number: true, cell: (one) => custval.number(one.recency_days) },
          { title: word("orders"), number: true, cell: (one) => custval.number(one.frequency) },
          { title: word("money"), number: true, cell: (one) => custval.number(one.monetary, 2) },
        ],
        shown,
        title,
      ),
    );
  };
}
