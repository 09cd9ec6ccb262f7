// Method and provenance: what was scored and how, every row, what is to be known.
{
  const { el, word, data } = custval;

  custval.methodSection = () =>
    el(
      "section",
      { id: "method" },
      el("h2", {}, word("method")),
      custval.smallTable(
        [
          { title: word("figure"), cell: (one) => `${one.letter} ${one.name}` },
          { title: word("meaning"), cell: (one) => el("span", { class: "prose" }, one.meaning) },
          { title: word("how_scored"), cell: (one) => custval.term(one.method) },
          { title: word("good_end"), cell: (one) => word(one.less_is_better ? "less" : "more") },
          { title: word("weight"), number: true, cell: (one) => custval.number(one.weight, 3) },
          { title: word("score_edges"), cell: (one) => custval.list(one.edges.map((edge) => custval.number(edge, 2))) },
        ],
        data.letters,
        word("how_figures_are_scored"),
      ),
      el(
        "p",
        {},
        word("sales_method_note", {
          as_of: custval.date(data.as_of),
          returns: custval.within(word(`returns_${data.returns}`)),
          map: data.map ?? word("none"),
        }),
        data.as_of_by_default ? ` ${word("as_of_default")}` : "",
        data.reference ? ` ${word("reference", { reference: data.reference })}` : "",
      ),
      custval.ledger(data.ledger),
      custval.smallTable(
        [
          { title: word("role"), cell: (one) => custval.term(one.role) },
          { title: word("column"), cell: (one) => el("span", { dir: "auto" }, one.column) },
          { title: word("found"), cell: (one) => word(one.guessed ? "guessed" : "given") },
        ],
        data.columns,
        word("columns"),
      ),
      custval.smallTable(
        [
          { title: word("file"), cell: (one) => el("span", { dir: "auto" }, one.file) },
          { title: word("bytes"), number: true, cell: (one) => custval.number(one.bytes) },
          { title: "SHA-256", cell: (one) => el("code", {}, one.sha256 ?? "") },
        ],
        data.files,
        word("inputs"),
      ),
      el(
        "details",
        {},
        el("summary", {}, word("definitions")),
        custval.smallTable(
          [
            { title: word("figure"), cell: (one) => one.title },
            { title: word("definition"), cell: (one) => el("span", { class: "prose" }, one.definition) },
          ],
          data.metrics,
          word("definitions"),
        ),
      ),
      custval.told(word("notes"), data.notes),
      custval.warned(data.warnings),
      custval.provenance(),
    );
}
