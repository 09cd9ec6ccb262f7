// When: months, customers won and lost, weekdays and hours, cohorts.
{
  const { el, word, data } = custval;
  const { tables } = data;
  const MOST_COHORTS = 36;

  custval.calendarSection = () =>
    tables.months.length === 0
      ? null
      : el(
          "section",
          { id: "calendar" },
          el("h2", {}, word("calendar")),
          custval.figured("months"),
          custval.figured("won-and-lost"),
          custval.figured("weekdays"),
          custval.figured("cohorts"),
        );

  const monthColumns = () => [
    { title: word("month"), cell: (one) => custval.date(one.month) },
    { title: word("money"), number: true, cell: (one) => custval.number(one.money, 2) },
    { title: word("orders"), number: true, cell: (one) => custval.number(one.orders) },
    { title: word("customers"), number: true, cell: (one) => custval.number(one.customers) },
    { title: word("won"), number: true, cell: (one) => custval.number(one.won) },
    { title: word("lost_customers"), number: true, cell: (one) => custval.number(one.lost) },
  ];

  const legend = () => ({ top: 4, textStyle: { color: custval.colour("ink") } });
  const monthAxis = () =>
    custval.axis("", { type: "category", data: tables.months.map((one) => custval.date(one.month)), splitLine: { show: false } });

  custval.figures.months = () =>
    tables.months.length > 1 && {
      title: word("months"),
      note: word("months_note"),
      height: 360,
      option: () => ({
        grid: { left: 84, right: 64, top: 44, bottom: 40 },
        legend: legend(),
        tooltip: { trigger: "axis", valueFormatter: (value) => custval.number(value) },
        xAxis: monthAxis(),
        yAxis: [
          custval.axis(word("money"), { type: "value", nameGap: 66 }),
          custval.axis(word("customers"), { type: "value", nameGap: 44, splitLine: { show: false } }),
        ],
        series: [
          { type: "bar", name: word("money"), data: tables.months.map((one) => one.money), itemStyle: { color: custval.classColour(2) } },
          {
            type: "line",
            name: word("customers"),
            yAxisIndex: 1,
            data: tables.months.map((one) => one.customers),
            symbol: "triangle",
            symbolSize: 8,
            itemStyle: { color: custval.classColour(1) },
          },
        ],
      }),
      table: () => custval.smallTable(monthColumns(), tables.months, word("months")),
    };

  custval.figures["won-and-lost"] = () =>
    tables.months.length > 1 && {
      title: word("won_and_lost"),
      note: word("lost_note"),
      height: 300,
      option: () => ({
        grid: { left: 64, right: 24, top: 44, bottom: 40 },
        legend: legend(),
        tooltip: { trigger: "axis", valueFormatter: (value) => custval.number(value === null ? null : Math.abs(value)) },
        xAxis: monthAxis(),
        yAxis: custval.axis(word("customers"), { type: "value", nameGap: 46, axisLabel: { color: custval.colour("quiet"), formatter: (value) => custval.number(Math.abs(value)) } }),
        series: [
          { type: "bar", stack: "all", name: word("won"), data: tables.months.map((one) => one.won), itemStyle: { color: custval.classColour(3) } },
          {
            type: "bar",
            stack: "all",
            name: word("lost_customers"),
            data: tables.months.map((one) => (one.lost === null ? null : -one.lost)),
            itemStyle: { color: custval.classColour(1), decal: { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: -0.8 } },
          },
        ],
      }),
      table: () => custval.smallTable(monthColumns(), tables.months, word("won_and_lost")),
    };

  // 1 January 2024 was a Monday.
  const weekday = (number) => custval.weekday(`2024-01-0${number}`);

  custval.figures.weekdays = () => {
    if (tables.hours.length === 0) return null;
    const hours = [...new Set(tables.hours.map((one) => one.hour))].sort((a, b) => a - b);
    const days = [...new Set(tables.hours.map((one) => one.weekday))].sort((a, b) => a - b);
    const sum = days.map((day) => tables.hours.filter((one) => one.weekday === day).reduce((all, one) => all + one.money, 0));
    const isDaily = hours.length === 1;
    const title = word(isDaily ? "weekdays" : "hours");
    const option = () =>
      isDaily
        ? {
            grid: { left: 84, right: 24, top: 16, bottom: 40 },
            tooltip: { trigger: "axis", valueFormatter: (value) => custval.number(value) },
            xAxis: custval.axis("", { type: "category", data: days.map(weekday) }),
            yAxis: custval.axis(word("money"), { type: "value", nameGap: 66 }),
            series: [{ type: "bar", data: sum, itemStyle: { color: custval.classColour(2) } }],
          }
        : {
            grid: { left: 92, right: 16, top: 8, bottom: 40 },
            tooltip: {
              formatter: ({ data: [hour, day, money] }) =>
                el("div", {}, `${weekday(days.at(-1 - day))} ${hours[hour]}:00`, el("br"), `${word("money")}: ${custval.number(money, 2)}`),
            },
            xAxis: custval.axis("", { type: "category", data: hours.map((hour) => `${hour}:00`), splitLine: { show: false } }),
            yAxis: custval.axis("", { type: "category", data: days.map(weekday).reverse(), splitLine: { show: false } }),
            visualMap: {
              show: false,
              min: 0,
              max: tables.hours.reduce((most, one) => Math.max(most, one.money), 1e-9),
              inRange: { color: custval.shades() },
            },
            series: [
              {
                type: "heatmap",
                data: tables.hours.map((one) => [hours.indexOf(one.hour), days.length - 1 - days.indexOf(one.weekday), one.money]),
                itemStyle: { borderColor: custval.colour("paper"), borderWidth: 1 },
              },
            ],
          };
    return {
      title,
      note: word("hours_note"),
      height: isDaily ? 280 : 70 + 36 * days.length,
      option,
      table: () => custval.smallTable(
        [
          { title: word("weekday"), cell: (at) => weekday(days[at]) },
          { title: word("money"), number: true, cell: (at) => custval.number(sum[at], 2) },
          ...(isDaily
            ? []
            : hours.map((hour) => ({
                title: `${hour}:00`,
                number: true,
                cell: (at) => custval.number(tables.hours.find((one) => one.weekday === days[at] && one.hour === hour)?.money),
              }))),
        ],
        days.map((_, at) => at),
        title,
      ),
    };
  };

  custval.figures.cohorts = () => {
    if (tables.cohorts.length < 2) return null;
    const cohorts = tables.cohorts.slice(-MOST_COHORTS);
    const width = cohorts.reduce((most, one) => Math.max(most, one.active.length), 0);
    const months = Array.from({ length: width }, (_, at) => at);
    const cells = cohorts.flatMap((one, at) =>
      one.active
        .map((active, month) => (active === null || one.customers === 0 ? null : [month, cohorts.length - 1 - at, active / one.customers]))
        .filter((cell) => cell !== null && cell[0] > 0),
    );
    return {
      title: word("cohorts"),
      note: word("cohorts_note"),
      height: 90 + 24 * cohorts.length,
      option: () => ({
        grid: { left: 92, right: 16, top: 8, bottom: 56 },
        tooltip: {
          formatter: ({ value }) => {
            const [month, row, share] = [Number(value[0]), value[1], value[2]];
            const one = cohorts[cohorts.length - 1 - row];
            return el(
              "div",
              {},
              custval.date(one.month),
              el("br"),
              word("cohort_tooltip", { month, active: custval.number(one.active[month]), all: custval.number(one.customers), share: custval.percent(share) }),
            );
          },
        },
        xAxis: custval.axis(word("months_later"), { type: "category", data: months.slice(1).map(String), splitLine: { show: false } }),
        yAxis: custval.axis("", { type: "category", data: cohorts.map((one) => custval.date(one.month)).reverse(), splitLine: { show: false } }),
        visualMap: { show: false, min: 0, max: cells.reduce((most, cell) => Math.max(most, cell[2]), 1e-9), inRange: { color: custval.shades() } },
        series: [
          {
            type: "heatmap",
            data: cells.map(([month, row, share]) => ({ value: [String(month), row, share] })),
            itemStyle: { borderColor: custval.colour("paper"), borderWidth: 1 },
            label: { show: (Math.min(1140, innerWidth) - 110) / width > 34, color: custval.colour("ink"), fontSize: 10, formatter: ({ value }) => custval.percent(value[2], 0) },
          },
        ],
      }),
      table: () => custval.smallTable(
        [
          { title: word("first_order_in"), cell: (one) => custval.date(one.month) },
          { title: word("customers"), number: true, cell: (one) => custval.number(one.customers) },
          ...months.slice(1).map((month) => ({
            title: `+${month}`,
            number: true,
            cell: (one) => custval.number(one.active[month]),
          })),
        ],
        tables.cohorts,
        word("cohorts"),
      ),
    };
  };
}
