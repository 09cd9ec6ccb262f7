// Tables: small ones whole, long ones by the rows that are in sight.
{
  const { el } = custval;
  const ROW = 34;

  // columns: [{ title, cell(row) → text or element, number? }]
  custval.smallTable = (columns, rows, caption) =>
    el(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
      el(
        "table",
        {},
        el("caption", {}, caption),
        el(
          "thead",
          {},
          el("tr", {}, columns.map((column) => head(column))),
        ),
        el(
          "tbody",
          {},
          rows.map((row) => el("tr", {}, columns.map((column, at) => cell(column, row, at)))),
        ),
      ),
    );

  const head = (column) =>
    el("th", { scope: "col", class: column.number ? "number" : null }, column.title);
  const cell = (column, row, at) =>
    el(
      at === 0 ? "th" : "td",
      {
        scope: at === 0 ? "row" : null,
        class: column.number ? "number" : null,
        "data-title": column.title,
      },
      column.cell(row),
    );

  // A long table. `sorted(key, falling)` gives the order, `update()` draws what is in sight.
  custval.longTable = ({ columns, rows, caption, sort, onSort }) => {
    const body = el("tbody");
    const above = el("tr", { class: "space", "aria-hidden": "true" }, el("td", { colspan: columns.length }));
    const below = el("tr", { class: "space", "aria-hidden": "true" }, el("td", { colspan: columns.length }));
    const heads = columns.map((column, at) => {
      const direction = sort?.at === at ? (sort.falling ? "descending" : "ascending") : "none";
      const arrow = { ascending: " ↑", descending: " ↓", none: "" }[direction];
      return el(
        "th",
        { scope: "col", "aria-sort": direction, class: column.number ? "number" : null },
        el("button", { type: "button", onclick: () => onSort(at) }, column.title + arrow),
      );
    });
    const view = el(
      "div",
      { class: "long", tabindex: "0", role: "region", "aria-label": caption },
      el(
        "table",
        { "aria-rowcount": rows.length + 1 },
        el("caption", {}, caption),
        el("thead", {}, el("tr", {}, heads)),
        body,
      ),
    );
    let drawn = [-1, -1];
    const draw = (from, to) => {
      if (drawn[0] === from && drawn[1] === to) return;
      drawn = [from, to];
      above.firstChild.style.height = `${from * ROW}px`;
      below.firstChild.style.height = `${(rows.length - to) * ROW}px`;
      const shown = rows
        .slice(from, to)
        .map((row, place) =>
          el(
            "tr",
            { "aria-rowindex": from + place + 2 },
            columns.map((column, at) => cell(column, row, at)),
          ),
        );
      body.replaceChildren(above, ...shown, below);
    };
    const update = () => {
      const first = Math.floor(view.scrollTop / ROW);
      const seen = Math.ceil((view.clientHeight || 560) / ROW);
      const from = Math.max(0, first - 10);
      draw(from, Math.min(rows.length, first + seen + 10));
    };
    view.addEventListener("scroll", update, { passive: true });
    view.update = update;
    // On paper there is no scrolling.
    view.whole = (most) => draw(0, Math.min(rows.length, most));
    update();
    return view;
  };
}
