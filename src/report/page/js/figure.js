// A figure: a chart by ECharts with its note, its table, and ways to save it.
{
  const { el, word } = custval;
  const charts = new Set();

  // Figures are drawn when they come in sight, or are to be printed.
  const seen = new IntersectionObserver(
    (entries) => {
      for (const entry of entries.filter((one) => one.isIntersecting)) {
        seen.unobserve(entry.target);
        entry.target.draw();
      }
    },
    { rootMargin: "400px" },
  );
  custval.watchFigures = (figures) => figures.forEach((figure) => seen.observe(figure));

  custval.disposeCharts = () => {
    for (const chart of charts) chart.dispose();
    charts.clear();
  };
  custval.resizeCharts = () => {
    for (const chart of charts) {
      chart.resize();
      // At once, for paper does not wait for the next frame.
      chart.getZr().flush();
    }
  };

  const save = (name, url) => {
    const link = el("a", { href: url, download: name });
    document.body.append(link);
    link.click();
    link.remove();
  };

  const svgOf = (chart) => new Blob([chart.renderToSVGString()], { type: "image/svg+xml" });

  const savePng = (chart, name, isCanvas) => {
    if (isCanvas) {
      const backgroundColor = custval.colour("paper");
      return save(`${name}.png`, chart.getDataURL({ type: "png", pixelRatio: 2, backgroundColor }));
    }
    const [width, height, scale] = [chart.getWidth(), chart.getHeight(), 2];
    const reader = new FileReader();
    reader.onload = () => {
      const image = new Image();
      image.onload = () => {
        const canvas = el("canvas", { width: width * scale, height: height * scale });
        const pen = canvas.getContext("2d");
        pen.fillStyle = custval.colour("paper");
        pen.fillRect(0, 0, canvas.width, canvas.height);
        pen.drawImage(image, 0, 0, canvas.width, canvas.height);
        save(`${name}.png`, canvas.toDataURL("image/png"));
      };
      image.src = reader.result;
    };
    reader.readAsDataURL(svgOf(chart));
  };

  // What all charts share; colours are those of the page.
  const shared = () => ({
    backgroundColor: "transparent",
    animation: false,
    textStyle: { color: custval.colour("ink"), fontFamily: custval.colour("font") },
    aria: { enabled: true },
  });

  const tooltip = () => ({
    backgroundColor: custval.colour("raised"),
    borderColor: custval.colour("line"),
    textStyle: { color: custval.colour("ink") },
    confine: true,
  });

  custval.axis = (name, more = {}) => ({
    name,
    nameLocation: "middle",
    nameGap: 30,
    nameTextStyle: { color: custval.colour("ink") },
    axisLabel: { color: custval.colour("quiet"), hideOverlap: true },
    axisLine: { lineStyle: { color: custval.colour("line") } },
    splitLine: { lineStyle: { color: custval.colour("faint") } },
    ...more,
  });

  // What a chart shows, with what all charts share.
  custval.chart = (option) => {
    const chosen = { ...shared(), ...option };
    return { ...chosen, tooltip: { ...tooltip(), ...chosen.tooltip } };
  };

  // Every figure by its name: a function that gives { title, note, option() for the chart, table() of what it
  // shows, height?, onclick?, many? }, or nothing where there is nothing to show.
  custval.figures = {};

  // The figure of this name as it stands on the page.
  custval.figured = (name) => {
    const figure = custval.figures[name]();
    return figure ? drawn(name, figure) : null;
  };

  const drawn = (name, { title, note, option, table, height = 420, onclick, many = false }) => {
    const host = el("div", { class: "chart", style: `height:${height}px`, role: "img", "aria-label": title });
    let chart = null;
    const figure = el(
      "figure",
      { id: `figure-${name}` },
      el("h3", {}, title),
      host,
      el("figcaption", {}, note),
      el(
        "p",
        { class: "tools" },
        el(
          "button",
          {
            type: "button",
            hidden: many,
            onclick: () => save(`${name}.svg`, URL.createObjectURL(svgOf(chart))),
          },
          word("save_svg"),
        ),
        el("button", { type: "button", onclick: () => savePng(chart, name, many) }, word("save_png")),
      ),
      el("details", {}, el("summary", {}, word("figures_behind")), table()),
    );
    figure.draw = () => {
      if (chart) return;
      // As many points as elements of an SVG would be too slow; on a canvas they are dots.
      chart = echarts.init(host, null, { renderer: many ? "canvas" : "svg" });
      chart.setOption(custval.chart(option()));
      if (onclick) chart.on("click", onclick);
      charts.add(chart);
    };
    return figure;
  };
}
