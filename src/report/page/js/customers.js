// Who is in which class: the table of customers, and the card that explains one.
{
  const { el, word, data, state } = custval;
  const { customers, nodes, leaves } = data;

  const columns = () => [
    { title: word("rank"), number: true, key: (who) => customers.rank[who], cell: (who) => custval.number(customers.rank[who]) },
    {
      title: word("customer"),
      key: (who) => customers.name[who],
      cell: (who) => el("a", { href: anchor(who), id: null, dir: "auto" }, customers.name[who]),
    },
    { title: word("class"), key: (who) => customers.class[who] ?? -1, cell: (who) => custval.badge(customers.class[who]) },
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

  const anchor = (who) => `#customer=${encodeURIComponent(customers.name[who])}`;

  const found = () => {
    const wanted = state.search.normalize("NFKC").toLowerCase();
    const rows = [];
    customers.name.forEach((name, who) => {
      const isFound = wanted === "" || name.normalize("NFKC").toLowerCase().includes(wanted);
      const isChosen = state.classes.size === 0 || state.classes.has(customers.class[who]);
      if (isFound && isChosen) rows.push(who);
    });
    const { at, falling } = state.sort ?? { at: 0, falling: false };
    const key = columns()[at].key;
    const compare =
      at === 1
        ? (a, b) => key(a).localeCompare(key(b), undefined, { numeric: true })
        : (a, b) => key(a) - key(b);
    return rows.sort((a, b) => (falling ? -1 : 1) * compare(a, b) || a - b);
  };

  custval.customersSection = () => {
    const place = el("div");
    const count = el("p", { role: "status", class: "quiet" });
    const draw = () => {
      const rows = found();
      count.textContent = word("customers_shown", {
        shown: custval.number(rows.length),
        all: custval.number(customers.name.length),
      });
      const table = custval.longTable({
        columns: columns(),
        rows,
        caption: word("customers"),
        sort: state.sort ?? { at: 0, falling: false },
        onSort: (at) => {
          const before = state.sort ?? { at: 0, falling: false };
          state.sort = { at, falling: before.at === at && !before.falling };
          draw();
        },
      });
      place.replaceChildren(table);
      table.update();
      custval.customerTable = table;
    };
    const search = el("input", {
      type: "search",
      id: "search",
      value: state.search,
      placeholder: word("search"),
      "aria-label": word("search"),
      oninput: (event) => {
        state.search = event.target.value;
        draw();
      },
    });
    const filters = data.classes.map((one, at) =>
      el(
        "button",
        {
          type: "button",
          class: "filter",
          "aria-pressed": String(state.classes.has(at)),
          onclick: (event) => {
            if (!state.classes.delete(at)) state.classes.add(at);
            event.currentTarget.setAttribute("aria-pressed", String(state.classes.has(at)));
            draw();
          },
        },
        custval.badge(at),
        ` ${custval.number(one.size)}`,
      ),
    );
    const copied = el("span", { role: "status", class: "quiet" });
    const copy = el(
      "button",
      {
        type: "button",
        id: "copy",
        onclick: async () => {
          await put(asText());
          copied.textContent = word("copied");
        },
      },
      word("copy"),
    );
    draw();
    return el(
      "section",
      { id: "customers" },
      el("h2", {}, word("who")),
      el("p", {}, word("who_note")),
      el("div", { class: "tools" }, search, ...filters, copy, copied),
      count,
      place,
    );
  };

  // The rows that are found, as a spreadsheet takes them. A text that it would run as a formula gets a
  // leading apostrophe.
  const asText = () => {
    const plain = (text) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replace(/[\t\r\n]+/g, " ");
    const rows = found().map((who) =>
      columns().map((column) => {
        const key = column.key(who);
        if (column.number) return Number.isFinite(key) ? String(key) : "";
        return plain(column.title === word("class") ? custval.className(customers.class[who]) : String(key));
      }),
    );
    return [columns().map((column) => column.title), ...rows].map((row) => row.join("\t")).join("\n");
  };

  const put = async (text) => {
    if (navigator.clipboard && isSecureContext) {
      try {
        return await navigator.clipboard.writeText(text);
      } catch {
        // Some readers forbid it; the old way works there.
      }
    }
    const area = el("textarea", { "aria-hidden": "true", class: "away" });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  };
  custval.copiedText = asText;

  // What explains a customer: contributions, firmness, heading, action.
  const card = (who) => {
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
    return el(
      "article",
      {},
      el("h2", { dir: "auto", id: "card-title" }, name),
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
    );
  };

  custval.standing = (code) => {
    if (code === "new" || code === "lost") return word(code);
    const at = custval.classOf(code);
    return at < 0 ? code : custval.className(at);
  };

  let dialog = null;
  custval.openCard = (who) => {
    dialog?.remove();
    dialog = el(
      "dialog",
      { "aria-labelledby": "card-title", onclose: () => closed() },
      el("form", { method: "dialog" }, el("button", { class: "close", "aria-label": word("close") }, "×")),
      card(who),
    );
    document.body.append(dialog);
    dialog.showModal();
    const wanted = anchor(who);
    if (location.hash !== wanted) history.replaceState(null, "", wanted);
  };
  const closed = () => history.replaceState(null, "", "#customers");

  // A link to a customer opens its card.
  custval.followAnchor = () => {
    const named = /^#customer=(.*)$/.exec(location.hash);
    if (!named) return;
    let name = named[1];
    try {
      name = decodeURIComponent(name);
    } catch {
      return;
    }
    const who = customers.name.indexOf(name);
    if (who >= 0) custval.openCard(who);
  };
}
