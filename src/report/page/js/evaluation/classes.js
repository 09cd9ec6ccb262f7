// The classes, and the model's own texts in the reader's language.
{
  const { el, data, state, translate } = custval;

  custval.className = (place) =>
    place === null ? custval.word("no_class") : data.classes[place].name;
  custval.classOf = (code) => data.classes.findIndex((one) => one.code === code);

  // A class as it stands in running text: its mark in its colour, and its name.
  custval.badge = (place) =>
    el("span", { class: "badge" }, place === null ? null : custval.markOf(place), custval.className(place));

  custval.localise = () => {
    const texts = data.translations[state.language];
    translate(data, "title", texts?.title);
    translate(data, "description", texts?.description);
    for (const one of [...data.nodes, ...data.parts, ...data.axes, ...data.anova])
      translate(one, "name", texts?.names[one.code]);
    for (const one of data.classes)
      for (const key of ["name", "reading", "strategy"]) translate(one, key, texts?.classes[one.code]?.[key]);
    translate(data.plan, "actions", data.plan.translations[state.language]);
  };
}
