//! Tables of how firm the classes are, and what moves customers.

use crate::class::Naming;
use crate::evaluation::{Evaluation, Firm};
use crate::model::Model;
use crate::report::{Cell, Column, Format, Table, shown};
use crate::sensitivity::{Basis, Critical, ExpertChange, Firmness, LeftOutOf, Move};
use crate::text::{count, ratio};

/// Who keeps the class in this share of draws or more is called firm.
const FIRM: f64 = 0.9;

/// So many customers who move are named in a cell.
const NAMED: usize = 6;

/// Firmness with the names of parts and classes.
pub(crate) struct Shown<'a> {
    firmness: &'a [Firmness],
    basis: &'a Basis,
    model: &'a Model,
    naming: &'a Naming,
}

impl<'a> Shown<'a> {
    pub fn of_evaluation(evaluation: &'a Evaluation) -> Shown<'a> {
        Shown {
            firmness: &evaluation.firmness,
            basis: &evaluation.firmness_basis,
            model: &evaluation.model,
            naming: &evaluation.naming,
        }
    }

    pub fn of(firm: &'a Firm) -> Shown<'a> {
        Shown {
            firmness: &firm.found.firmness,
            basis: &firm.found.firmness_basis,
            model: &firm.model,
            naming: &firm.naming,
        }
    }

    /// The name of a class.
    fn class(&self, code: &str) -> String {
        let named = self.naming.clusters.iter().find(|position| position.class == code);
        named.map_or_else(|| code.to_string(), |position| position.name.clone())
    }

    /// The name of a part.
    fn part(&self, code: &str) -> String {
        match self.model.hierarchy.position(code) {
            Some(at) => self.model.hierarchy.nodes()[at].name.clone(),
            None => code.to_string(),
        }
    }

    /// All customers, the least firm first; of equally firm ones in the input's order.
    fn least_first(&self) -> Vec<&'a Firmness> {
        let mut order: Vec<&Firmness> = self.firmness.iter().collect();
        order.sort_by(|a, b| a.probability().total_cmp(&b.probability()));
        order
    }

    /// How many are firm, and who is the least.
    pub fn sentence(&self) -> String {
        if self.basis.draws == 0 {
            return "No expert judged or scored: there is nothing to draw.".to_string();
        }
        let all = self.firmness.len();
        let order = self.least_first();
        let mut text = format!(
            "{} of {} keep their class in {:.0} % or more of {} (seed {})",
            order.iter().filter(|one| one.probability() >= FIRM).count(),
            count(all, "customer"),
            100.0 * FIRM,
            draws(self.basis.draws),
            self.basis.seed
        );
        if let Some(least) = order.first().filter(|least| least.probability() < 1.0) {
            let class = least.class.as_deref().map(|class| self.class(class));
            let class = class.unwrap_or_default().to_lowercase();
            let share = 100.0 * least.probability();
            text += &format!(
                "; the least firm, {}, is among the {class} in {share:.1} %",
                least.customer
            );
        }
        text + "."
    }

    /// What a draw is.
    pub fn drawn(&self) -> String {
        let points = match self.basis.score_step {
            1.0 => "1 point".to_string(),
            step => format!("{step} points"),
        };
        let chance = format!(
            "with probability {q}, a step up with {q}, or stays",
            q = self.basis.step_probability
        );
        match (self.basis.comparisons, self.basis.scores) {
            (0, 0) => String::new(),
            (0, scores) => format!(
                "In each draw every score of an expert ({scores}) goes a step of {points} down {chance}."
            ),
            (comparisons, 0) => format!(
                "In each draw every comparison of every expert ({comparisons}) goes a step down the \
                 scale {chance}."
            ),
            (comparisons, scores) => format!(
                "In each draw every comparison of every expert ({comparisons}) goes a step down the \
                 scale {chance}; so does every score of an expert ({scores}), by {points}."
            ),
        }
    }

    /// Those who are not firm with what would move them, the least firm first; `None` where all are
    /// firm.
    pub fn unfirm(&self) -> Option<Table> {
        let firm = self.firmness.iter().filter(|one| one.probability() >= FIRM).count();
        let mut table = self.short();
        table.rows.truncate(self.firmness.len() - firm);
        (!table.rows.is_empty()).then_some(table)
    }

    /// Every customer with what would move it, the least firm first, as a terminal has room for.
    pub fn short(&self) -> Table {
        let columns = vec![
            Column::new("customer", "Customer", Format::Text),
            Column::new("class", "Class", Format::Text),
            Column::new("probability", "Kept", Format::Percent(0)),
            Column::new("next_class", "Else mostly", Format::Text),
            Column::new("critical", "Critical weight, %", Format::Prose),
        ];
        let note = "Kept: the share of draws in which the customer keeps its class. Critical weight: \
                    the local weight that has to change least, its siblings keeping their \
                    proportions, to move the customer to another class.";
        let mut table = Table::new("least_firm", "The least firm classes", columns).note(note);
        for one in self.least_first() {
            table.push(vec![
                one.customer.as_str().into(),
                one.class.as_deref().into(),
                one.probability().into(),
                one.next().map(|(class, _)| class).into(),
                one.critical.as_ref().map(weight_moved).into(),
            ]);
        }
        table
    }

    /// Every customer, the least firm first.
    pub fn all(&self) -> Table {
        let classes: Vec<&str> = match self.firmness.first() {
            Some(first) => first.class_probabilities.iter().map(|(class, _)| class).collect(),
            None => Vec::new(),
        };
        let mut columns = vec![
            Column::new("customer", "Customer", Format::Text),
            Column::new("class", "Class", Format::Text),
            Column::new("probability", "Keeps it in", Format::Percent(1)),
        ];
        columns.extend(
            classes.iter().map(|class| {
                Column::new(format!("p_{class}"), self.class(class), Format::Percent(1))
            }),
        );
        columns.extend([
            Column::new("criterion", "Critical weight", Format::Text),
            Column::new("weight", "It is", Format::Percent(2)),
            Column::new("moves_at", "Moves at", Format::Percent(2)),
            Column::new("change_share", "Change of it", Format::Percent(1)),
            Column::new("to_class", "Moves to", Format::Text),
        ]);
        let note = "Shares of the draws in each class. Critical weight: the local weight that has to \
                    change least, its siblings keeping their proportions, to move the customer to \
                    another class; empty where no single weight does.";
        let mut table = Table::new("firmness", "How firm is each class?", columns).note(note);
        for one in self.least_first() {
            let critical = one.critical.as_ref();
            let class = one.class.as_deref().map(|class| self.class(class));
            let mut row: Vec<Cell> =
                vec![one.customer.as_str().into(), class.into(), one.probability().into()];
            row.extend(one.class_probabilities.numbers().into_iter().map(Cell::from));
            row.extend([
                critical.map(|found| self.part(&found.criterion)).into(),
                critical.map(|found| found.from).into(),
                critical.map(|found| found.to).into(),
                critical.map(|found| found.change_share).into(),
                critical.map(|found| self.class(&found.class)).into(),
            ]);
            table.push(row);
        }
        table
    }
}

/// The table of an evaluation's report.
pub(crate) fn of_evaluation(evaluation: &Evaluation) -> Table {
    Shown::of_evaluation(evaluation).all()
}

/// All tables of how firm classes are, in the order in which they are read.
pub fn firm_tables(firm: &Firm) -> Vec<Table> {
    vec![Shown::of(firm).all(), judgements(firm), experts(firm), scores(firm)]
}

/// The judgements of which a step moves customers.
pub(crate) fn judgements(firm: &Firm) -> Table {
    let columns = vec![
        Column::new("expert", "Expert", Format::Text),
        Column::new("a", "Judged", Format::Text),
        Column::new("b", "over", Format::Text),
        Column::new("from", "is", Format::Text),
        Column::new("to", "instead", Format::Text),
        Column::new("customers", "Moves", Format::Count),
        Column::new("who", "Who, to which class", Format::Prose),
    ];
    let found = &firm.found;
    let note = match found.judgements.len() {
        0 => format!("None of {} moves any customer.", steps(found.judgement_steps)),
        moving => format!("{moving} of {} move customers.", steps(found.judgement_steps)),
    };
    let title = "Judgements a step higher or lower";
    let mut table = Table::new("judgement_steps", title, columns).note(note);
    for change in &found.judgements {
        table.push(vec![
            change.expert.as_str().into(),
            change.a.as_str().into(),
            change.b.as_str().into(),
            ratio(change.from).into(),
            ratio(change.to).into(),
            change.moves.len().into(),
            who(&change.moves).into(),
        ]);
    }
    table
}

fn draws(number: usize) -> String {
    let grouped = shown(&number.into(), Format::Count);
    format!("{grouped} {}", if number == 1 { "draw" } else { "draws" })
}

fn steps(number: usize) -> String {
    format!("{} that were tried", count(number, "step"))
}

/// What each expert's absence changes.
pub(crate) fn experts(firm: &Firm) -> Table {
    let columns = vec![
        Column::new("expert", "Left out", Format::Text),
        Column::new("judgements", "of judgements", Format::Count),
        Column::new("scores", "of scores", Format::Count),
        Column::new("both", "of both", Format::Count),
        Column::new("who", "Who moves without the expert", Format::Prose),
    ];
    let note = "How many customers move. Weights and scores are those of the others, and each centre \
                the mean of its members' values by them.";
    let mut table = Table::new("without_experts", "Experts left out", columns).note(note);
    for changes in firm.found.experts.chunk_by(|a, b| a.expert == b.expert) {
        let of = |what| changes.iter().find(|change| change.left_out_of == what);
        let moved = |what| of(what).and_then(|change| change.moves.as_ref().map(Vec::len));
        let Some(whole) = of(LeftOutOf::Both).or(changes.first()) else { continue };
        table.push(vec![
            whole.expert.as_str().into(),
            moved(LeftOutOf::Judgements).into(),
            moved(LeftOutOf::Scores).into(),
            moved(LeftOutOf::Both).into(),
            without(whole).into(),
        ]);
    }
    table
}

/// Who moves without an expert, and what cannot be said then.
fn without(change: &ExpertChange) -> String {
    let mut said = match &change.moves {
        Some(moves) => who(moves),
        None => "the others' judgements alone give no weights".to_string(),
    };
    if !change.unclassed.is_empty() {
        let lacking = count(change.unclassed.len(), "customer");
        said += &format!("{}{lacking} without a score", if said.is_empty() { "" } else { "; " });
    }
    said
}

/// The scores of which a point moves the customer.
pub(crate) fn scores(firm: &Firm) -> Table {
    let columns = vec![
        Column::new("customer", "Customer", Format::Text),
        Column::new("indicator", "Indicator", Format::Text),
        Column::new("from", "Score", Format::Number(2)),
        Column::new("to", "instead", Format::Number(2)),
        Column::new("class", "Class", Format::Text),
        Column::new("to_class", "Moves to", Format::Text),
    ];
    let found = &firm.found;
    let note = match found.scores.len() {
        0 => format!("None of {} moves the customer.", steps(found.score_steps)),
        moving => format!("{moving} of {} move the customer.", steps(found.score_steps)),
    };
    let mut table = Table::new("score_steps", "Scores higher or lower", columns).note(note);
    for change in &found.scores {
        table.push(vec![
            change.customer.as_str().into(),
            change.indicator.as_str().into(),
            change.from.into(),
            change.to.into(),
            change.class.as_str().into(),
            change.to_class.as_str().into(),
        ]);
    }
    table
}

/// The customers who move, by the class that they come to.
fn who(moves: &[Move]) -> String {
    let mut order: Vec<&Move> = moves.iter().collect();
    order.sort_by(|a, b| a.to.cmp(&b.to));
    order.truncate(NAMED);
    let by_class = order.chunk_by(|a, b| a.to == b.to).map(|same| {
        let names: Vec<&str> = same.iter().map(|one| one.customer.as_str()).collect();
        format!("{}: {}", same[0].to, names.join(", "))
    });
    let mut said: Vec<String> = by_class.collect();
    if moves.len() > NAMED {
        said.push(format!("{} more", moves.len() - NAMED));
    }
    said.join("; ")
}

/// A weight that moves a customer, in per cent: as it is, and as it would have to be.
fn weight_moved(critical: &Critical) -> String {
    let Critical { criterion, from, to, .. } = critical;
    format!("{criterion} {:.1}→{:.1}", 100.0 * from, 100.0 * to)
}
