// Draws every figure that there is, without a browser.
{
  custval.localise();
  custval.drawing = (width) => {
    globalThis.innerWidth = width + 24;
    return JSON.stringify(
      Object.keys(custval.figures)
        .map((name) => ({ name, ...custval.figures[name]() }))
        .filter((figure) => figure.option !== undefined)
        .map(({ name, title, note, option, height = 420 }) => {
          const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width, height });
          chart.setOption({ ...custval.chart(option()), backgroundColor: custval.colour("paper") });
          const svg = chart.renderToSVGString();
          chart.dispose();
          return { name, title, note, svg };
        }),
    );
  };
}
