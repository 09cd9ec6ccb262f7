"use strict";
// What all parts of the page use: the data, words in two languages, numbers, elements.
const custval = {};
{
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const words = read("words");
  const root = document.documentElement;

  custval.data = read("data");
  let scores = null;
  // The scores are large, and needed only where a customer is explained or weights are moved.
  custval.scores = () => (scores ??= read("scores"));

  custval.state = { language: custval.data.language, search: "", classes: new Set(), sort: null };

  // A phrase in the reader's language; {name} is replaced by the value of that name.
  custval.word = (key, values = {}) => {
    const phrase = words[key][custval.state.language];
    return phrase.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  };
  custval.words = words;

  const locale = () => (custval.state.language === "zh" ? "zh-CN" : "en-GB");
  const absent = "–";
  custval.number = (value, decimals = 0) =>
    value === null || value === undefined
      ? absent
      : new Intl.NumberFormat(locale(), {
          minimumFractionDigits: decimals,
          maximumFractionDigits: decimals,
        }).format(value);
  custval.percent = (value, decimals = 1) =>
    value === null || value === undefined
      ? absent
      : new Intl.NumberFormat(locale(), {
          style: "percent",
          minimumFractionDigits: decimals,
          maximumFractionDigits: decimals,
        }).format(value);
  custval.probability = (p) => (p < 0.0005 ? "< 0.001" : custval.number(p, 3));
  custval.list = (items) => items.join(custval.state.language === "zh" ? "、" : ", ");

  // An element. Whatever is shown becomes text, never markup.
  custval.el = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (value === true) element.setAttribute(name, "");
      else if (value !== false && value !== null && value !== undefined)
        element.setAttribute(name, value);
    }
    element.append(...children.flat().filter((child) => child !== null && child !== undefined));
    return element;
  };

  // The model's own texts in the reader's language, where they are translated. What the model says itself
  // is kept, so that the language can be changed back.
  const own = new Map();
  const translate = (one, key, text) => {
    const kept = own.get(one) ?? {};
    kept[key] ??= one[key];
    own.set(one, kept);
    one[key] = text ?? kept[key];
  };
  custval.localise = () => {
    const { data, state } = custval;
    const texts = data.translations[state.language];
    translate(data, "title", texts?.title);
    translate(data, "description", texts?.description);
    for (const one of [...data.nodes, ...data.parts, ...data.axes, ...data.anova])
      translate(one, "name", texts?.names[one.code]);
    for (const one of data.classes)
      for (const key of ["name", "reading", "strategy"]) translate(one, key, texts?.classes[one.code]?.[key]);
    translate(data.plan, "actions", data.plan.translations[state.language]);
  };

  custval.colour = (name) => getComputedStyle(root).getPropertyValue(`--${name}`).trim();
  custval.isDark = () =>
    root.dataset.theme === "dark" ||
    (root.dataset.theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);

  // Classes differ by colour and by shape.
  const shapes = ["circle", "triangle", "rect", "diamond", "pin", "arrow"];
  const marks = ["●", "▲", "■", "◆", "◉", "▼"];
  custval.shape = (place) => shapes[place % shapes.length];
  custval.mark = (place) => marks[place % marks.length];
  custval.classColour = (place) => custval.colour(`class-${place % shapes.length}`);
  custval.className = (place) =>
    place === null ? custval.word("no_class") : custval.data.classes[place].name;
  // A name as it stands within a sentence: in English not with a capital.
  custval.within = (name) =>
    state().language === "zh" ? name : name.charAt(0).toLowerCase() + name.slice(1);
  const state = () => custval.state;
  custval.classOf = (code) => custval.data.classes.findIndex((one) => one.code === code);

  // A class as it stands in running text: its mark in its colour, and its name.
  custval.badge = (place) =>
    custval.el(
      "span",
      { class: "badge" },
      place === null
        ? null
        : custval.el(
            "span",
            { class: `mark class-${place % shapes.length}`, "aria-hidden": "true" },
            custval.mark(place),
          ),
      custval.className(place),
    );
}
