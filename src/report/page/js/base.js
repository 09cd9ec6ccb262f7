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

  custval.state = { language: custval.data.language, search: "", groups: new Set(), sort: null };

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
  // A day such as 2011-12-09, or a month such as 2011-12, as the reader writes it.
  custval.date = (day) => {
    if (day === null || day === undefined) return absent;
    const how = day.length > 7 ? { day: "numeric", month: "short", year: "numeric" } : { month: "short", year: "numeric" };
    return new Intl.DateTimeFormat(locale(), { ...how, timeZone: "UTC" }).format(new Date(`${day.slice(0, 10)}T00:00Z`.replace(/^(\d+-\d+)T/, "$1-01T")));
  };
  custval.weekday = (day) =>
    new Intl.DateTimeFormat(locale(), { weekday: "long", timeZone: "UTC" }).format(new Date(`${day}T00:00Z`));
  // Large amounts without decimals, small ones with two.
  custval.money = (value) => custval.number(value, Math.abs(value ?? 0) < 1000 ? 2 : 0);
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

  // What the result says itself is kept beside its translation, so that the language can be changed back.
  const own = new Map();
  custval.translate = (one, key, text) => {
    const kept = own.get(one) ?? {};
    kept[key] ??= one[key];
    own.set(one, kept);
    one[key] = text ?? kept[key];
  };

  // A text of the program's own in the reader's language; any other text as it is.
  const terms = read("terms");
  custval.term = (text) => (custval.state.language === "zh" ? (terms[text] ?? text) : text);

  // A sentence of the program's own in the reader's language, by its pattern; null where it has no other.
  const sentences = read("sentences");
  const patterns = sentences.map(([english, chinese]) => {
    const names = [...english.matchAll(/\{(\w+)\}/g)].map((found) => found[1]);
    const plain = english.replace(/[.*+?^$()|[\]\\]/g, "\\$&");
    return { names, chinese, pattern: new RegExp(`^${plain.replace(/\{\w+\}/g, "(.+?)")}$`, "s") };
  });
  custval.sentence = (text) => {
    if (custval.state.language !== "zh") return text;
    for (const { names, chinese, pattern } of patterns) {
      const found = pattern.exec(text);
      if (found) return chinese.replace(/\{(\w+)\}/g, (_, name) => found[1 + names.indexOf(name)]);
    }
    return null;
  };

  custval.colour = (name) => getComputedStyle(root).getPropertyValue(`--${name}`).trim();
  // From nothing (0) to the most (1); text on it stays legible.
  custval.shades = () => [custval.colour("low"), custval.colour("high")];
  custval.isDark = () =>
    root.dataset.theme === "dark" ||
    (root.dataset.theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);

  // Classes differ by colour and by shape.
  const shapes = ["circle", "triangle", "rect", "diamond", "pin", "arrow"];
  const marks = ["●", "▲", "■", "◆", "◉", "▼"];
  custval.shape = (place) => shapes[place % shapes.length];
  custval.mark = (place) => marks[place % marks.length];
  custval.markOf = (place) =>
    custval.el(
      "span",
      { class: `mark class-${place % shapes.length}`, "aria-hidden": "true" },
      custval.mark(place),
    );
  custval.classColour = (place) => custval.colour(`class-${place % shapes.length}`);
  // A name as it stands within a sentence: in English not with a capital.
  custval.within = (name) =>
    custval.state.language === "zh" ? name : name.charAt(0).toLowerCase() + name.slice(1);
}
