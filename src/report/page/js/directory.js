// The directory of customers: a long table that is searched, filtered, sorted and copied.
{
  const { el, word, data, state } = custval;
  const names = data.customers.name;

  custval.anchor = (who) => `#customer=${encodeURIComponent(names[who])}`;

  // The column of customers, each a link to its card.
  custval.nameColumn = () => ({
    title: word("customer"),
    key: (who) => names[who],
    cell: (who) => el("a", { href: custval.anchor(who), dir: "auto" }, names[who]),
  });

  // columns(): [{ title, number?, key(who), cell(who), text(who)? }]; a column that is no number is sorted by
  // its letters, one with `order` by its numbers all the same.
  // `sort` is the order before the reader asks for another;
  // groups: [{ label(), size }] to filter by; groupOf(who) → the place of one, or null.
  custval.directory = ({ heading, note, columns, groups, groupOf, sort = { at: 0, falling: false } }) => {
    const place = el("div");
    const count = el("p", { role: "status", class: "quiet" });

    const found = () => {
      const plain = (text) => text.normalize("NFKC").toLowerCase();
      const wanted = plain(state.search);
      const rows = [];
      names.forEach((name, who) => {
        const isFound = wanted === "" || plain(name).includes(wanted);
        const isChosen = state.groups.size === 0 || state.groups.has(groupOf(who));
        if (isFound && isChosen) rows.push(who);
      });
      const { at, falling } = state.sort ?? sort;
      const { key, number, order } = columns()[at];
      const keys = new Map(rows.map((who) => [who, key(who)]));
      const collator = new Intl.Collator(undefined, { numeric: true });
      const compare =
        number || order
          ? (a, b) => keys.get(a) - keys.get(b)
          : (a, b) => collator.compare(keys.get(a), keys.get(b));
      return rows.sort((a, b) => (falling ? -1 : 1) * compare(a, b) || a - b);
    };

    // The rows that are found, as a spreadsheet takes them. A text that it would run as a formula gets a
    // leading apostrophe.
    const asText = () => {
      const plain = (text) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replace(/[\t\r\n]+/g, " ");
      const rows = found().map((who) =>
        columns().map((column) => {
          const key = column.key(who);
          if (column.number) return Number.isFinite(key) ? String(key) : "";
          return plain(String(column.text ? column.text(who) : key));
        }),
      );
      return [columns().map((column) => column.title), ...rows].map((row) => row.join("\t")).join("\n");
    };
    custval.copiedText = asText;

    const draw = () => {
      const rows = found();
      count.textContent = word("customers_shown", {
        shown: custval.number(rows.length),
        all: custval.number(names.length),
      });
      const table = custval.longTable({
        columns: columns(),
        rows,
        caption: word("customers"),
        sort: state.sort ?? sort,
        onSort: (at) => {
          const before = state.sort ?? sort;
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
    const filters = groups.map((group, at) =>
      el(
        "button",
        {
          type: "button",
          class: "filter",
          "aria-pressed": String(state.groups.has(at)),
          onclick: (event) => {
            if (!state.groups.delete(at)) state.groups.add(at);
            event.currentTarget.setAttribute("aria-pressed", String(state.groups.has(at)));
            draw();
          },
        },
        group.label(),
        ` ${custval.number(group.size)}`,
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
      el("h2", {}, heading),
      el("p", {}, note),
      el("div", { class: "tools" }, search, ...filters, copy, copied),
      count,
      place,
    );
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
}
