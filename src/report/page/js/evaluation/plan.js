// What to do: each action with the customers whom it concerns.
{
  const { el, word, data } = custval;

  custval.planSection = () => {
    const { actions, customer, action, stake, budget: shares } = data.plan;
    const groups = actions.map((text) => ({ text, customers: [], stake: 0, budget: 0 }));
    customer.forEach((name, at) => {
      const group = groups[action[at]];
      group.customers.push(name);
      group.stake += stake[at];
      group.budget += shares === null ? 0 : shares[at];
    });
    const all = groups.filter((group) => group.text !== "").sort((a, b) => b.stake - a.stake);
    if (all.length === 0) return null;
    const budget = data.plan_basis.budget;
    return el(
      "section",
      { id: "plan", class: "stacked" },
      el("h2", {}, word("plan")),
      el("p", {}, word("plan_note", { amount: custval.within(word(data.plan_basis.amount)) })),
      budget ? el("p", {}, word("budget_note", { budget: custval.number(budget.amount, 2) })) : null,
      custval.smallTable(
        [
          { title: word("what_to_do"), cell: (group) => el("span", { class: "prose" }, group.text) },
          { title: word("customers"), number: true, cell: (group) => custval.number(group.customers.length) },
          { title: word("at_stake"), number: true, cell: (group) => custval.number(group.stake, 2) },
          ...(budget ? [{ title: word("budget"), number: true, cell: (group) => custval.number(group.budget, 2) }] : []),
          { title: word("most_at_stake"), cell: (group) => who(group.customers) },
        ],
        all,
        word("plan"),
      ),
    );
  };

  const who = (names) =>
    el(
      "span",
      { dir: "auto" },
      custval.list(names.slice(0, 6)) + (names.length > 6 ? " …" : ""),
    );
}
