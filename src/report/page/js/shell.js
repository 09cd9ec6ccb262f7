// The shell of every page: the answer first, the sections and the way to them, languages, dark and light, paper.
{
  const { el, word, data, state } = custval;
  const main = document.getElementById("report");

  // One sentence, four figures, and what belongs right below.
  custval.answer = (sentence, figures, ...below) =>
    el(
      "section",
      { id: "answer", class: "stacked" },
      el("p", { class: "finding" }, sentence),
      el(
        "dl",
        { class: "figures" },
        figures.map(([figure, label]) => el("div", {}, el("dt", {}, label), el("dd", {}, figure))),
      ),
      ...below,
    );

  let sections = null;
  const render = () => {
    custval.disposeCharts();
    custval.localise();
    document.documentElement.lang = state.language === "zh" ? "zh-CN" : "en";
    const all = sections().filter((section) => section !== null);
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

  let [timer, opened] = [null, []];
  addEventListener("resize", () => {
    clearTimeout(timer);
    timer = setTimeout(custval.resizeCharts, 100);
  });
  addEventListener("hashchange", custval.followAnchor);
  addEventListener("beforeprint", () => {
    document.documentElement.classList.add("printing");
    custval.customerTable?.whole(1000);
    // Lists to act on are there to be taken along.
    opened = [...main.querySelectorAll("#lists details:not([open])")];
    for (const list of opened) list.open = true;
    for (const figure of main.querySelectorAll("figure")) figure.draw();
    custval.resizeCharts();
  });
  addEventListener("afterprint", () => {
    document.documentElement.classList.remove("printing");
    for (const list of opened) list.open = false;
    custval.customerTable?.update();
    custval.resizeCharts();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", render);

  // Shows the sections that `make` gives, the answer first; those that are null are not there.
  custval.show = (make) => {
    sections = make;
    document.getElementById("still")?.remove();
    render();
    custval.followAnchor();
    document.documentElement.dataset.ready = "yes";
  };
}
