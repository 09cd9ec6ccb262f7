// Method and provenance: what was computed of what, by which rules, and what is to be known.
{
  const { el, word, data } = custval;

  custval.methodSection = () =>
    el(
      "section",
      { id: "method" },
      el("h2", {}, word("method")),
      el("p", {}, word("method_note", {
        weights: word(data.method.weights),
        aggregate: word(data.method.aggregate),
        start: word(data.method.start),
        k: data.method.k,
        standardise: word(data.method.standardise),
        seed: data.method.seed,
      })),
      custval.smallTable(
        [
          { title: word("file"), cell: (one) => el("span", { dir: "auto" }, one.file) },
          { title: word("bytes"), number: true, cell: (one) => custval.number(one.bytes) },
          { title: "SHA-256", cell: (one) => el("code", {}, one.sha256 ?? "") },
        ],
        [...data.inputs, ...data.files],
        word("inputs"),
      ),
      data.ledger === null ? null : custval.ledger(data.ledger),
      custval.told(word("notes"), data.notes),
      custval.warned(data.warnings),
      custval.provenance(),
    );
}
