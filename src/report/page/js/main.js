// The page: the answer first, then what it rests on.
{
  const { el, word, data, state } = custval;
  const { customers } = data;
  const main = document.getElementById("report");

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
    return el(
      "section",
      { id: "answer" },
      el("p", { class: "finding" }, sentence),
      el(
        "dl",
        { class: "figures" },
        figures.map(([figure, label]) => el("div", {}, el("dt", {}, label), el("dd", {}, figure))),
      ),
      classes(),
    );
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
      data.axes.length === 2
        ? el("section", { id: "matrix" }, el("h2", {}, word("where")), custval.matrixFigure())
        : null,
      custval.customersSection(),
      custval.weightsSection(),
      custval.sureSection(),
      custval.headingSection(),
      custval.planSection(),
      custval.methodSection(),
    ].filter((section) => section !== null);

  const render = () => {
    custval.disposeCharts();
    custval.localise();
    document.documentElement.lang = state.language === "zh" ? "zh-CN" : "en";
    const all = sections();
    const links = all
      .slice(1)
      .map((section) => el("li", {}, el("a", { href: `#${section.id}` }, section.querySelector("h2").textContent)));
    const language = el(
      "button",
      {
        type: "button",
        id: "language",
        lang: state.language === "zh" ? "en" : "zh-CN",
        onclick: () => {
          state.language = state.language === "zh" ? "en" : "zh";
          render();
        },
      },
      state.language === "zh" ? "English" : "中文",
    );
    const theme = el(
      "button",
      {
        type: "button",
        id: "theme",
        onclick: () => {
          document.documentElement.dataset.theme = custval.isDark() ? "light" : "dark";
          render();
        },
      },
      custval.isDark() ? word("light") : word("dark"),
    );
    main.replaceChildren(
      el(
        "header",
        {},
        el("h1", {}, data.title),
        el("p", { class: "quiet" }, data.description),
        el("nav", { "aria-label": word("contents") }, el("ul", {}, links), el("div", { class: "switches" }, language, theme)),
      ),
      ...all,
    );
    custval.watchFigures(main.querySelectorAll("figure"));
    custval.customerTable?.update();
  };

  let timer = null;
  addEventListener("resize", () => {
    clearTimeout(timer);
    timer = setTimeout(custval.resizeCharts, 100);
  });
  addEventListener("hashchange", custval.followAnchor);
  addEventListener("beforeprint", () => {
    document.documentElement.classList.add("printing");
    custval.customerTable?.whole(1000);
    for (const figure of main.querySelectorAll("figure")) figure.draw();
    custval.resizeCharts();
  });
  addEventListener("afterprint", () => {
    document.documentElement.classList.remove("printing");
    custval.customerTable?.update();
    custval.resizeCharts();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", render);
  document.getElementById("still")?.remove();
  render();
  custval.followAnchor();
  document.documentElement.dataset.ready = "yes";
}
