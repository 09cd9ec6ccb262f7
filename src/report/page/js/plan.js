// What to do: each action with the customers whom it concerns.
{
  const { el, word, data } = custval;

  custval.planSection = () => {
    const groups = new Map();
    for (const item of data.plan) {
      if (item.action === "") continue;
      const group = groups.get(item.action) ?? { action: item.action, items: [], stake: 0, budget: 0 };
      group.items.push(item);
      group.stake += item.value_at_stake;
      group.budget += item.budget ?? 0;
      groups.set(item.action, group);
    }
    if (groups.size === 0) return null;
    const all = [...groups.values()].sort((a, b) => b.stake - a.stake);
    const budget = data.plan_basis.budget;
    return el(
      "section",
      { id: "plan" },
      el("h2", {}, word("plan")),
      el("p", {}, word("plan_note", { amount: custval.within(word(data.plan_basis.amount)) })),
      budget ? el("p", {}, word("budget_note", { budget: custval.number(budget.amount, 2) })) : null,
      custval.smallTable(
        [
          { title: word("what_to_do"), cell: (group) => el("span", { class: "prose" }, group.action) },
          { title: word("customers"), number: true, cell: (group) => custval.number(group.items.length) },
          { title: word("at_stake"), number: true, cell: (group) => custval.number(group.stake, 2) },
          ...(budget ? [{ title: word("budget"), number: true, cell: (group) => custval.number(group.budget, 2) }] : []),
          { title: word("most_at_stake"), cell: (group) => who(group.items) },
        ],
        all,
        word("plan"),
      ),
    );
  };

  const who = (items) =>
    el(
      "span",
      { dir: "auto" },
      custval.list(items.slice(0, 6).map((item) => item.customer)) + (items.length > 6 ? " …" : ""),
    );
}
