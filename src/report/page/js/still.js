"use strict";
// What the page's program asks of a browser, for where there is none: figures are drawn, nothing is clicked.
// `custvalBlocks` holds the blocks of figures by their names, `custvalStyle` the page's style.
{
  const colours = new Map(
    [...custvalStyle.split("}")[0].matchAll(/--([a-z0-9-]+):\s*([^;]+);/g)].map(([, name, value]) => [`--${name}`, value]),
  );
  // A face that is there, or one that is as wide.
  colours.set("--font", custvalFont);
  const root = { dataset: { theme: "light" }, lang: "en" };
  const element = () => ({
    style: {},
    dataset: {},
    firstChild: null,
    append() {},
    setAttribute() {},
    addEventListener() {},
    replaceChildren() {},
    remove() {},
    querySelectorAll: () => [],
    getContext: () => null,
  });
  globalThis.document = {
    documentElement: root,
    getElementById: (id) => (id in custvalBlocks ? { textContent: custvalBlocks[id] } : element()),
    createElement: element,
  };
  globalThis.innerWidth = 1140;
  globalThis.getComputedStyle = () => ({ getPropertyValue: (name) => colours.get(name) ?? "" });
  globalThis.matchMedia = () => ({ matches: false, addEventListener() {} });
  globalThis.setTimeout = () => 0;
  globalThis.clearTimeout = () => {};
  globalThis.addEventListener = () => {};
  globalThis.IntersectionObserver = class {
    observe() {}
    unobserve() {}
  };

  // Numbers and dates as the languages of the page write them.
  const grouped = (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ",");
  const months = "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec".split(" ");
  const weekdays = {
    en: "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" "),
    zh: "星期日 星期一 星期二 星期三 星期四 星期五 星期六".split(" "),
  };
  globalThis.Intl = {
    NumberFormat: class {
      constructor(_, { style, maximumFractionDigits }) {
        this.isPercent = style === "percent";
        this.decimals = maximumFractionDigits;
      }
      format(value) {
        const [whole, rest] = Math.abs(this.isPercent ? 100 * value : value).toFixed(this.decimals).split(".");
        const text = grouped(whole) + (rest ? `.${rest}` : "");
        const isZero = !/[1-9]/.test(text);
        return (value < 0 && !isZero ? "-" : "") + text + (this.isPercent ? "%" : "");
      }
    },
    DateTimeFormat: class {
      constructor(locale, how) {
        this.language = locale.slice(0, 2);
        this.how = how;
      }
      format(date) {
        const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
        if (this.how.weekday) return weekdays[this.language][date.getUTCDay()];
        if (this.language === "zh") return `${year}年${month + 1}月${this.how.day ? `${day}日` : ""}`;
        return `${this.how.day ? `${day} ` : ""}${months[month]} ${year}`;
      }
    },
    Collator: class {
      compare(a, b) {
        return a < b ? -1 : a > b ? 1 : 0;
      }
    },
  };
}
