// The card that explains a customer. `custval.card(who)` of each page says what stands on it.
{
  const { el, word, data } = custval;
  const names = data.customers.name;

  let dialog = null;
  custval.openCard = (who) => {
    dialog?.remove();
    dialog = el(
      "dialog",
      { "aria-labelledby": "card-title", onclose: () => history.replaceState(null, "", "#customers") },
      el("form", { method: "dialog" }, el("button", { class: "close", "aria-label": word("close") }, "×")),
      el("article", {}, el("h2", { dir: "auto", id: "card-title" }, names[who]), ...custval.card(who)),
    );
    document.body.append(dialog);
    dialog.showModal();
    const wanted = custval.anchor(who);
    if (location.hash !== wanted) history.replaceState(null, "", wanted);
  };

  // A link to a customer opens its card.
  custval.followAnchor = () => {
    const named = /^#customer=(.*)$/.exec(location.hash);
    if (!named) return;
    let name = named[1];
    try {
      name = decodeURIComponent(name);
    } catch {
      return;
    }
    const who = names.indexOf(name);
    if (who >= 0) custval.openCard(who);
  };
}
