// What a report rests on: where all rows and all money of the sales went, what the program told, who made it.
{
  const { el, word, term } = custval;

  const reason = ({ condition }, words) => (condition === undefined ? term(words) : word("not_so", { condition }));

  custval.ledger = ({ ledger, reasons }) => {
    const rows = [
      { step: word("rows_in"), rows: ledger.rows_in, money: ledger.money_in, customers: ledger.customers_in },
      ...ledger.set_aside.map((aside, at) => ({ ...aside, step: `– ${reason(aside, reasons[at])}` })),
      { step: `= ${word("rows_used")}`, rows: ledger.rows_used, money: ledger.money_used, customers: ledger.customers_used },
    ];
    return el(
      "div",
      {},
      custval.smallTable(
        [
          { title: word("step"), cell: (one) => one.step },
          { title: word("rows"), number: true, cell: (one) => custval.number(one.rows) },
          { title: word("money"), number: true, cell: (one) => custval.number(one.money, 2) },
          { title: word("customers"), number: true, cell: (one) => custval.number(one.customers) },
        ],
        rows,
        word("ledger"),
      ),
      el("p", { class: "quiet" }, word("ledger_note")),
    );
  };


  // What the program told; in another language as far as it has words for it there, else in English.
  custval.told = (title, texts) =>
    texts.length === 0
      ? null
      : el(
          "details",
          {},
          el("summary", {}, `${title} (${custval.number(texts.length)})`),
          el(
            "ul",
            {},
            texts.slice(0, 500).map((text) => {
              const said = custval.sentence(text);
              return el("li", { dir: "auto", lang: said === null ? "en" : null }, said ?? text);
            }),
          ),
        );

  // Warnings, each under what its code is about.
  custval.warned = (warnings) => {
    const isForeign = custval.state.language === "zh";
    return warnings.length === 0
      ? null
      : el(
          "details",
          {},
          el("summary", {}, `${word("warnings")} (${custval.number(warnings.length)})`),
          el(
            "ul",
            {},
            warnings
              .slice(0, 500)
              .map(({ code, title, message }) =>
                el(
                  "li",
                  { dir: "auto" },
                  `[${code}] `,
                  ...(isForeign ? [term(title), el("br")] : []),
                  el("span", { lang: "en", class: isForeign ? "quiet" : null }, message),
                ),
              ),
          ),
        );
  };

  custval.provenance = () =>
    el(
      "div",
      {},
      custval.data.command === null
        ? null
        : el("p", {}, word("command"), " ", el("code", { dir: "ltr" }, custval.data.command)),
      el("p", { class: "quiet" }, word("made_by", { program: custval.data.made_by, model: custval.data.model })),
      el(
        "details",
        {},
        el("summary", {}, word("licences")),
        el("pre", {}, document.getElementById("licence").textContent),
      ),
    );
}
