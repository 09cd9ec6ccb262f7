// Why: the tree of weights, sliders that weigh anew, the experts side by side, and their contradictions.
{
  const { el, word, data } = custval;
  const { nodes } = data;
  // Weights and centres of a saved result go together, so that the weights alone are not moved.
  const isFixed = data.clusters.fixed !== null;

  custval.weightsSection = () => {
    let locals = custval.locals();
    const outputs = new Map();
    const inputs = new Map();
    const result = el("div", { role: "status", id: "would-move" });

    const show = () => {
      const global = [];
      nodes.forEach((node, at) => {
        global[at] = node.parent === null ? 1 : global[node.parent] * locals[at];
      });
      for (const [at, output] of outputs) {
        output.local.textContent = custval.percent(locals[at], 1);
        output.global.textContent = custval.percent(global[at], 1);
        output.bar.style.width = `${100 * global[at]}%`;
        if (inputs.has(at)) inputs.get(at).value = Math.round(1000 * locals[at]);
      }
    };

    const judge = () => {
      const same = locals.every((weight, at) => weight === nodes[at].local);
      if (same) {
        result.replaceChildren(el("p", { class: "quiet" }, word("move_a_slider")));
        return;
      }
      const classes = custval.classesUnder(locals);
      const before = custval.classesUnder(custval.locals());
      const moved = [];
      classes.forEach((own, who) => {
        if (own !== before[who]) moved.push(who);
      });
      result.replaceChildren(
        el("p", {}, el("strong", {}, word("would_move", { count: custval.number(moved.length), all: custval.number(classes.length) }))),
        moved.length > 0
          ? custval.smallTable(
              [
                { title: word("customer"), cell: (who) => el("span", { dir: "auto" }, data.customers.name[who]) },
                { title: word("from"), cell: (who) => custval.badge(before[who]) },
                { title: word("to"), cell: (who) => custval.badge(classes[who]) },
              ],
              moved.slice(0, 50),
              word("who_would_move"),
            )
          : null,
      );
    };

    const row = (node, at) => {
      const output = {
        local: el("span", {}),
        global: el("span", {}),
        bar: el("span", { class: "bar", "aria-hidden": "true" }),
      };
      let slider = null;
      const hasSiblings = node.parent !== null && nodes[node.parent].children.length > 1;
      if (hasSiblings) outputs.set(at, output);
      if (hasSiblings && !isFixed) {
        slider = el("input", {
          type: "range",
          min: "0",
          max: "1000",
          "data-part": node.code,
          "aria-label": word("weight_of", { part: node.name }),
          oninput: (event) => {
            locals = custval.changed(locals, at, Number(event.target.value) / 1000);
            show();
            judge();
          },
        });
        inputs.set(at, slider);
      }
      const cr = node.cr;
      return el(
        "tr",
        {},
        el("th", { scope: "row", style: `padding-left:${0.6 + 1.2 * node.depth}rem` }, `${node.name}`, el("span", { class: "quiet" }, ` ${node.code}`)),
        el("td", { class: "number" }, hasSiblings ? output.local : ""),
        isFixed ? null : el("td", {}, slider),
        el("td", { class: "with-bar" }, output.bar, hasSiblings ? output.global : custval.percent(node.global, 1)),
        el("td", { class: cr !== null && cr > data.consistency_limit ? "number warn" : "number" }, cr === null ? "" : custval.number(cr, 4)),
      );
    };

    const table = el(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": word("weights") },
      el(
        "table",
        { class: "weights" },
        el("caption", {}, word("weights")),
        el(
          "thead",
          {},
          el(
            "tr",
            {},
            el("th", { scope: "col" }, word("part")),
            el("th", { scope: "col", class: "number" }, word("local_weight")),
            isFixed ? null : el("th", { scope: "col" }, word("try_another")),
            el("th", { scope: "col" }, word("global_weight")),
            el("th", { scope: "col", class: "number" }, word("consistency_ratio")),
          ),
        ),
        el("tbody", {}, nodes.map(row)),
      ),
    );
    const reset = el(
      "button",
      {
        type: "button",
        id: "reset",
        onclick: () => {
          locals = custval.locals();
          show();
          judge();
        },
      },
      word("reset"),
    );
    show();
    judge();
    return el(
      "section",
      { id: "why" },
      el("h2", {}, word("why")),
      el("p", {}, word("why_note"), " ", word(isFixed ? "why_fixed" : "why_moving")),
      table,
      isFixed ? null : el("p", { class: "tools" }, reset),
      isFixed ? null : result,
      custval.figured("weights"),
      experts(),
    );
  };

  custval.figures.weights = () => {
    const shown = data.leaves.map((leaf) => nodes[leaf]).reverse();
    return {
      title: word("weights_figure"),
      note: word("weights_figure_note"),
      height: 70 + 24 * shown.length,
      option: () => ({
        grid: { left: Math.min(300, innerWidth * 0.45), right: 56, top: 8, bottom: 48 },
        tooltip: { trigger: "axis", valueFormatter: (value) => custval.percent(value, 2) },
        xAxis: custval.axis(word("global_weight"), {
          type: "value",
          axisLabel: { color: custval.colour("quiet"), hideOverlap: true, formatter: (value) => custval.percent(value, 0) },
        }),
        yAxis: custval.axis("", {
          type: "category",
          data: shown.map((node) => `${node.code} ${node.name}`),
          axisLabel: { color: custval.colour("quiet"), width: Math.min(280, innerWidth * 0.42), overflow: "truncate" },
        }),
        series: [
          {
            type: "bar",
            data: shown.map((node) => node.global),
            itemStyle: { color: custval.classColour(3) },
            label: {
              show: true,
              position: "right",
              color: custval.colour("ink"),
              formatter: ({ value }) => custval.percent(value, 1),
            },
          },
        ],
      }),
      table: () =>
        custval.smallTable(
          [
            { title: word("indicator"), cell: (node) => `${node.code} ${node.name}` },
            { title: word("global_weight"), number: true, cell: (node) => custval.percent(node.global, 2) },
          ],
          [...shown].reverse(),
          word("weights_figure"),
        ),
    };
  };

  // Each expert's own local weights beside the group's.
  const experts = () => {
    const names = data.judges;
    if (names.length === 0) return null;
    const rows = nodes
      .map((node, at) => ({ node, at }))
      .filter(({ node }) => node.parent !== null && node.by_expert !== null);
    const columns = [
      { title: word("part"), cell: ({ node }) => `${node.name} (${nodes[node.parent].name})` },
      { title: word("group"), number: true, cell: ({ node }) => custval.percent(node.local, 1) },
      ...names.map((name, at) => ({
        title: name,
        number: true,
        cell: ({ node }) => custval.percent(node.by_expert[at], 1),
      })),
    ];
    const worst = data.worst.map((one) => ({ ...one }));
    return el(
      "div",
      {},
      el("h3", {}, word("experts_side_by_side")),
      custval.smallTable(columns, rows, word("local_weights_by_expert")),
      worst.length > 0
        ? custval.smallTable(
            [
              { title: word("expert"), cell: (one) => one.expert },
              { title: word("comparison"), cell: (one) => `${one.a} : ${one.b}` },
              { title: word("said"), number: true, cell: (one) => one.said },
              { title: word("others_imply"), number: true, cell: (one) => one.implied },
            ],
            worst,
            word("what_hurts"),
          )
        : null,
    );
  };
}
