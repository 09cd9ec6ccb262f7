// Method and provenance: what was computed of what, by which rules, and what is to be known.
{
  const { el, word, data } = custval;

  custval.methodSection = () =>
    el(
      "section",
      { id: "method" },
      el("h2", {}, word("method")),
      el("p", {}, word("method_note", {
        weights: data.method.weights,
        aggregate: data.method.aggregate,
        start: data.method.start,
        k: data.method.k,
        standardise: data.method.standardise,
        seed: data.method.seed,
      })),
      custval.smallTable(
        [
          { title: word("file"), cell: (one) => el("span", { dir: "auto" }, one.file) },
          { title: word("bytes"), number: true, cell: (one) => custval.number(one.bytes) },
          { title: "SHA-256", cell: (one) => el("code", {}, one.sha256) },
        ],
        data.inputs,
        word("inputs"),
      ),
      data.notes.length > 0 ? told(word("notes"), data.notes) : null,
      data.warnings.length > 0
        ? told(
            word("warnings"),
            data.warnings.map((one) => `[${one.code}] ${one.message}`),
          )
        : null,
      el("p", { class: "quiet" }, word("made_by", { program: data.made_by, model: data.model })),
      el("details", {}, el("summary", {}, word("licences")), el("pre", {}, document.getElementById("licence").textContent)),
    );

  // The program tells these in English.
  const told = (title, texts) =>
    el(
      "details",
      {},
      el("summary", {}, `${title} (${custval.number(texts.length)})`),
      el("ul", { lang: "en" }, texts.slice(0, 500).map((text) => el("li", { dir: "auto" }, text))),
    );
}
