// Where and what: countries and products.
{
  const { el, word, data } = custval;
  const { countries, products, products_by_quantity } = data.tables;
  const MOST_BARS = 15;

  custval.goodsSection = () => {
    if (countries.length < 2 && products.length === 0) return null;
    return el(
      "section",
      { id: "goods" },
      el("h2", {}, word(products.length === 0 ? "countries" : countries.length < 2 ? "products" : "goods")),
      custval.figured("countries"),
      custval.figured("products"),
    );
  };

  custval.figures.countries = () =>
    countries.length > 1 &&
    bars({
      title: word("countries"),
      note: word("countries_note"),
      items: countries.map((one) => ({ name: one.country, value: one.money })),
      table: () =>
        custval.smallTable(
          [
            { title: word("country"), cell: (one) => one.country },
            { title: word("money"), number: true, cell: (one) => custval.number(one.money, 2) },
            { title: word("share"), number: true, cell: (one) => custval.percent(one.share) },
            { title: word("orders"), number: true, cell: (one) => custval.number(one.orders) },
            { title: word("customers"), number: true, cell: (one) => custval.number(one.customers) },
          ],
          countries,
          word("countries"),
        ),
    });

  custval.figures.products = () =>
    products.length > 0 &&
    bars({
      title: word("products"),
      note: word("products_note"),
      items: products.map((one) => ({ name: label(one), value: one.money })),
      table: () =>
        el(
          "div",
          {},
          productsTable(products, word("products")),
          productsTable(products_by_quantity, word("products_by_quantity")),
        ),
    });

  const label = (one) => one.description ?? one.product;

  const productsTable = (products, caption) =>
    custval.smallTable(
      [
        { title: word("product"), cell: (one) => one.product },
        { title: word("description"), cell: (one) => one.description ?? "" },
        { title: word("quantity"), number: true, cell: (one) => custval.number(one.quantity) },
        { title: word("money"), number: true, cell: (one) => custval.number(one.money, 2) },
        { title: word("share"), number: true, cell: (one) => custval.percent(one.share) },
      ],
      products,
      caption,
    );

  const bars = ({ title, note, items, table }) => {
    const shown = items.slice(0, MOST_BARS).reverse();
    return {
      title,
      note,
      height: 70 + 26 * shown.length,
      option: () => ({
        grid: { left: Math.min(220, innerWidth * 0.4), right: 32, top: 8, bottom: 48 },
        tooltip: { trigger: "axis", valueFormatter: (value) => custval.number(value, 2) },
        xAxis: custval.axis(word("money"), { type: "value" }),
        yAxis: custval.axis("", {
          type: "category",
          data: shown.map((one) => one.name),
          axisLabel: { color: custval.colour("quiet"), width: Math.min(200, innerWidth * 0.37), overflow: "truncate" },
        }),
        series: [{ type: "bar", data: shown.map((one) => one.value), itemStyle: { color: custval.classColour(2) } }],
      }),
      table,
    };
  };
}
